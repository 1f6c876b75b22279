/** Writes docs/failures anew from what the doctor knows: `npm run docs`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failurePagesFolder, makeFailurePages } from './failurePages.ts';

await rm(failurePagesFolder, { recursive: true, force: true });
const pages = await makeFailurePages();
for (const [path, text] of pages) {
  const file = join(failurePagesFolder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
console.log(`${pages.size} pages in docs/failures.`);
