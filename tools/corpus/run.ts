/** `node --import tsx tools/corpus/run.ts`: fetches libvirt's test documents if they are not there, and says what there is. */
import { exitOnSignals } from '../signals.ts';
import { libvirtCorpora } from './corpus.ts';

exitOnSignals();
for (const { version, schemaFolder, documents } of await libvirtCorpora(console.log)) {
  console.log(`\nlibvirt ${version}: ${documents.length} documents, schemas in ${schemaFolder}`);
  for (const schema of new Set(documents.map((document) => document.schema))) {
    const own = documents.filter((document) => document.schema === schema);
    const invalid = own.filter(({ isValid }) => !isValid).length;
    console.log(`  ${schema.padEnd(22)} ${own.length - invalid} valid, ${invalid} invalid`);
  }
}
