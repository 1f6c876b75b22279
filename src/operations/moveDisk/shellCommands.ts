import { deviceXml } from '../devices/deviceElement.ts';
import { virshCommand, type PlanHost } from '../plan/planHost.ts';
import { standardInput, type ShellCommand, type ShellInput } from '../plan/shell.ts';
import type { NewElement } from '../../xml/writer.ts';
import { imageOptions, type ImageSpec } from './imageSpec.ts';
import { formatOfImage } from './qemuImg.ts';

/** The secret of Ceph as QEMU's object `key`: out of libvirt by a pipe, so that it is in no file and no argument. */
function keyFor(
  host: PlanHost,
  images: readonly ImageSpec[],
): { readonly words: readonly string[]; readonly input: ShellInput | undefined } {
  const uuid = images.flatMap((image) => (image.kind === 'rbd' ? (image.secretUuid ?? []) : []))[0];
  if (uuid === undefined) return { words: [], input: undefined };
  const { argv } = virshCommand(host, ['secret-get-value', uuid]);
  return {
    words: ['--object', `secret,id=key,format=base64,file=${standardInput}`],
    input: { kind: 'program', argv },
  };
}

/** `qemu-img convert` as a person types it. */
export function convertCommand(host: PlanHost, from: ImageSpec, to: ImageSpec): ShellCommand {
  const { words, input } = keyFor(host, [from, to]);
  return {
    argv: [
      ...['qemu-img', 'convert', '-p', '-n', ...words],
      ...(from.kind === 'rbd' ? ['--image-opts'] : ['-f', from.format]),
      ...(to.kind === 'rbd' ? ['--target-image-opts'] : ['-O', to.format]),
      ...[from, to].map((one) => (one.kind === 'rbd' ? imageOptions(one) : one.path)),
    ],
    input,
  };
}

/** `qemu-img compare` as a person types it. */
export function compareCommand(host: PlanHost, from: ImageSpec, to: ImageSpec): ShellCommand {
  const { words, input } = keyFor(host, [from, to]);
  const isOnFiles = from.kind !== 'rbd' && to.kind !== 'rbd';
  return {
    argv: [
      ...['qemu-img', 'compare', '-p', ...words],
      ...(isOnFiles ? ['-f', formatOfImage(from), '-F', formatOfImage(to)] : ['--image-opts']),
      ...[from, to].map((one) => (isOnFiles && one.kind !== 'rbd' ? one.path : imageOptions(one))),
    ],
    input,
  };
}

/** `virsh update-device` of a definition. */
export function updateCommand(host: PlanHost, domain: string, disk: NewElement): ShellCommand {
  return virshCommand(host, ['update-device', '--domain', domain, '--file', standardInput, '--config'], {
    kind: 'text',
    text: deviceXml(disk),
  });
}
