/** `npm run build`: bundles the extension into dist/, and with `--production` as it is packaged. */
import { writeFile } from 'node:fs/promises';
import { bundle } from './bundling/bundle.ts';
import { thirdPartyNotices } from './notices.ts';

const production = process.argv.includes('--production');
const metafiles = await bundle({ outdir: 'dist', production });
if (production) await writeFile('dist/ThirdPartyNotices.txt', await thirdPartyNotices(metafiles));
