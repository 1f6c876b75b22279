/** An RBD image as libvirt and Ceph write it: `pool/image`, `pool/namespace/image`, with `@snapshot` if need be. */
export interface ImageName {
  readonly pool: string;
  readonly namespace: string | undefined;
  readonly image: string;
  readonly snapshot: string | undefined;
}

/** undefined when there is no pool before a slash, which libvirt refuses. */
export function parseImageName(name: string): ImageName | undefined {
  const match = /^([^/]+)\/(?:([^/]+)\/)?([^/@]+)(?:@(.+))?$/s.exec(name);
  if (match === null) return undefined;
  const [, pool = '', namespace, image = '', snapshot] = match;
  return { pool, namespace, image, snapshot };
}
