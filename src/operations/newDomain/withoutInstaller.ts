import { applyEdits } from '../../xml/edits.ts';
import { removeElement } from '../../xml/elementEdits.ts';
import { childNamed, childrenNamed, textRangeOf } from '../../xml/queries.ts';
import { scan } from '../../xml/scanner/scan.ts';

/** The definition for the time after the installation: without the installer's kernel, and a reboot reboots. */
export function withoutInstaller(xml: string): string {
  const document = scan(xml);
  const { root } = document;
  const os = root && childNamed(root, 'os');
  if (!root || !os) return xml;
  const reboot = childNamed(root, 'on_reboot');
  const range = reboot && textRangeOf(document, reboot);
  return applyEdits(xml, [
    ...['kernel', 'initrd', 'cmdline'].flatMap((name) =>
      childrenNamed(os, name).map((element) => removeElement(document, element)),
    ),
    ...(range ? [{ range, newText: 'restart' }] : []),
  ]);
}
