import type { NewElement } from '../../xml/writer.ts';
import type { DiskSource, RbdImageSource } from './diskSource.ts';

/** The `<auth>` and the `<source>` of a disk. */
export function diskSourceElements(source: DiskSource): readonly NewElement[] {
  switch (source.kind) {
    case 'file':
      return [{ name: 'source', attributes: { file: source.path } }];
    case 'block':
      return [{ name: 'source', attributes: { dev: source.path } }];
    case 'rbd':
      return rbdElements(source);
  }
}

function rbdElements({ image, monitors, auth }: RbdImageSource): readonly NewElement[] {
  const hosts = monitors.map(({ name, port }) => ({
    name: 'host',
    attributes: { name, port: port?.toString() },
  }));
  const source = { name: 'source', attributes: { protocol: 'rbd', name: image }, children: hosts };
  if (auth === undefined) return [source];
  const secret = { name: 'secret', attributes: { type: 'ceph', uuid: auth.secretUuid } };
  return [{ name: 'auth', attributes: { username: auth.username }, children: [secret] }, source];
}
