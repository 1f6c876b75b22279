/** `npm run build`: bundles the extension into dist/, and with `--production` as it is packaged. */
import { chmod, writeFile } from 'node:fs/promises';
import { bundle } from './bundling/bundle.ts';
import { thirdPartyNotices } from './notices.ts';
import { placeSchemas } from './packaging/placeSchemas.ts';

const production = process.argv.includes('--production');
const metafiles = await bundle({
  outdir: 'dist',
  production,
  programs: { 'libvirt-xml-lint': 'src/cli/main.ts' },
});
await chmod('dist/libvirt-xml-lint.cjs', 0o755);
const notice = await placeSchemas({ outdir: 'dist', production, say: console.log });
if (production) {
  const notices = await thirdPartyNotices(metafiles);
  await writeFile('dist/ThirdPartyNotices.txt', notice === undefined ? notices : `${notices}\n${notice}`);
}
