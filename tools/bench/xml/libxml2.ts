import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParseOption, RelaxNGValidator, XmlDocument, XmlLibError } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

/** libxml2 in this process, compiled to WebAssembly: tells whether a document is valid. */
export function libxml2Checker(schemaFolder: string, schema: string): (text: string) => boolean {
  xmlRegisterFsInputProviders();
  const path = join(schemaFolder, schema);
  const grammar = XmlDocument.fromString(readFileSync(path, 'utf8'), { url: path });
  // libxml2 plans to drop RELAX NG; as long as it has it, it is what libvirt uses.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const validator = RelaxNGValidator.fromDoc(grammar);
  grammar.dispose();
  return (text) => {
    let document: XmlDocument | undefined;
    try {
      document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_DEFAULT });
      validator.validate(document);
      return true;
    } catch (error) {
      if (error instanceof XmlLibError) return false;
      throw error;
    } finally {
      document?.dispose();
    }
  };
}
