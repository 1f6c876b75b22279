const head = `<domain type='kvm'>
  <name>made</name>
  <uuid>8c3a4d1e-6f0b-4e6c-9a52-0d6b5f1c7a90</uuid>
  <memory unit='KiB'>8388608</memory>
  <vcpu placement='static'>4</vcpu>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <boot dev='hd'/>
  </os>
  <features>
    <acpi/>
    <apic/>
  </features>
  <cpu mode='host-passthrough'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
`;

const tail = `    <console type='pty'>
      <target type='serial' port='0'/>
    </console>
    <memballoon model='virtio'/>
  </devices>
</domain>
`;

/** The disk of that number, as written after the indentation of a device. */
export function madeDisk(number: number): string {
  return `<disk type='network' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <auth username='libvirt'>
        <secret type='ceph' uuid='2f0c1a5e-8d1b-4e77-9c53-6f1f3f5d2b11'/>
      </auth>
      <source protocol='rbd' name='libvirt-pool/made-${number}'>
        <host name='192.0.2.11' port='6789'/>
        <host name='192.0.2.12' port='6789'/>
        <host name='192.0.2.13' port='6789'/>
      </source>
      <target dev='${diskName(number)}' bus='virtio'/>
    </disk>`;
}

/** A valid domain with so many lines, 40 at least: of disks on RBD, and of network interfaces for what is left. */
export function madeDomain(lines: number): string {
  const lineCount = (text: string): number => text.split('\n').length - 1;
  let left = lines - lineCount(head) - lineCount(tail);
  let devices = '';
  for (let number = 0; left > 0; number++) {
    // What is left over is in comments, as people leave it in their documents.
    const device = left >= 12 ? madeDisk(number) : left >= 4 ? madeInterface(number) : `<!-- ${number} -->`;
    devices += `    ${device}\n`;
    left -= lineCount(`${device}\n`);
  }
  return head + devices + tail;
}

function madeInterface(number: number): string {
  return `<interface type='network'>
      <mac address='52:54:00:00:00:${(number % 256).toString(16).padStart(2, '0')}'/>
      <source network='default'/>
    </interface>`;
}

/** vda, vdb ... vdz, vdaa ... */
function diskName(number: number): string {
  let letters = '';
  for (let left = number + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(97 + ((left - 1) % 26)) + letters;
  }
  return `vd${letters}`;
}

/** A version of a document as somebody types, and where the cursor then is. */
export interface Typed {
  readonly text: string;
  readonly offset: number;
}

/**
 * What a document is after each keystroke while a disk is typed among its devices, character by character. One at a
 * time, as an editor makes them: texts that are kept would have to be moved about by the garbage collection.
 */
export function* typeDisk(document: string): Generator<Typed> {
  const middle = document.indexOf('    <disk', document.length / 2);
  const at = middle < 0 ? document.indexOf('    <disk') : middle;
  const disk = `    ${madeDisk(9999)}\n`;
  for (let length = 1; length <= disk.length; length++) yield withTyped(document, at, disk.slice(0, length));
}

/** What it is while names of images all over it are changed, one keystroke at each place in turn. */
export function* typeInValues(document: string, count: number): Generator<Typed> {
  const ends = Array.from(document.matchAll(/made-\d+/g), ({ index, 0: { length } }) => index + length);
  for (let number = 0; number < count; number++) {
    yield withTyped(document, ends[(number * 37) % ends.length] ?? 0, String(number));
  }
}

/** Joined, the text is in one piece, as it is that an editor gives. */
function withTyped(document: string, at: number, written: string): Typed {
  const text = [document.slice(0, at), written, document.slice(at)].join('');
  return { text, offset: at + written.length };
}
