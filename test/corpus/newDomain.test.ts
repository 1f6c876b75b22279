import assert from 'node:assert/strict';
import { newDomainXml } from '../../src/operations/newDomain/xml/domainElement.ts';
import { checkDocument } from '../../src/rules/checkDocument.ts';
import { Validator } from '../../src/xml/relaxng/validator.ts';
import { scan } from '../../src/xml/scanner/scan.ts';
import { compileSchema } from '../../src/xml/schemas/compileSchema.ts';
import { openSchemaFolder } from '../../src/xml/schemas/schemaFolder.ts';
import { variedDomains } from '../unit/operations/newDomain/samples.ts';
import { prepared, type Prepared } from './support/prepared.ts';

async function faultsOf({ corpus }: Prepared): Promise<string[]> {
  const schema = compileSchema(await openSchemaFolder(corpus.schemaFolder), 'domain');
  assert.ok(schema);
  const validator = new Validator(schema);
  return (await variedDomains()).flatMap(([what, domain]) =>
    checkDocument(scan(newDomainXml(domain)), { validator }).map(
      ({ code, message, range }) => `${what}: ${code} at ${range.start}: ${message}`,
    ),
  );
}

describe('what the wizard for new domains writes has no fault, by schema and rules', () => {
  before(prepared);

  it('of libvirt 9.0.0', async () => {
    const [reference] = await prepared();
    assert.deepEqual(await faultsOf(reference), []);
  });

  it('of the newest libvirt', async () => {
    const [, newest] = await prepared();
    assert.deepEqual(await faultsOf(newest), []);
  });
});
