import { decodeFeatures, rbdFeatures } from '../../../ceph/rbdFeatures.ts';

/** The features that a client says it does not know: by a mask, or by their names as `rbd map` writes them. */
export function unsupportedFeaturesIn(text: string): readonly string[] {
  const masks = [...text.matchAll(/uses unsupported features: (0x[0-9a-f]+|\d+)/gi)].flatMap(
    ([, mask = '']) => decodeFeatures(mask) ?? [],
  );
  const named = [
    ...text.matchAll(/rbd feature disable \S+ ([a-z -]+)/g),
    ...text.matchAll(/features are unsupported by the kernel: ([a-z, -]+)/g),
  ].flatMap(([, names = '']) => names.split(/[ ,]+/));
  const known = rbdFeatures.map(({ name }) => name);
  return [...new Set([...masks, ...named.filter((name) => known.includes(name))])];
}

/** The images that a text names where a client could not open one: without their pool. */
export function imagesNamedIn(text: string): readonly string[] {
  const found = [
    ...text.matchAll(/error reading header from ([^\n:]+)/g),
    ...text.matchAll(/rbd: image ([^\n:]+): image uses unsupported features/g),
    ...text.matchAll(/failed to open the RBD image '([^'\n]+)'/g),
    ...text.matchAll(/rbd feature disable (\S+)/g),
  ];
  return [...new Set(found.map(([, name = '']) => name.trim().split('/').at(-1) ?? ''))];
}
