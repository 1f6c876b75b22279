/** `npm run build`: bundles the extension into dist/, and with `--production` as it is packaged. */
import { bundle } from './bundle.ts';

await bundle({ outdir: 'dist', production: process.argv.includes('--production') });
