import assert from 'node:assert/strict';
import { PackedSchemas, packTexts } from '../../../../src/xml/schemas/packedSchemas.ts';
import { smallSchemas } from './smallSchemas.ts';

const facts = { version: '9.0.0', origin: { kind: 'host', hostName: 'kvm1' } } as const;

describe('packed schemas', () => {
  it('give back each text as it was', async () => {
    const set = new PackedSchemas(facts, await packTexts(smallSchemas));
    assert.deepEqual(set.fileNames, ['domain.rng', 'domaincommon.rng', 'secret.rng']);
    for (const [name, text] of smallSchemas) assert.equal(set.read(name), text);
    assert.equal(set.read('network.rng'), undefined);
  });

  it('have one digest for the same texts in any order, another for others', async () => {
    const digest = async (texts: ReadonlyMap<string, string>): Promise<string> =>
      new PackedSchemas(facts, await packTexts(texts)).digest;
    const usual = await digest(smallSchemas);
    assert.equal(await digest(new Map([...smallSchemas].reverse())), usual);
    assert.notEqual(await digest(new Map([...smallSchemas, ['secret.rng', '']])), usual);
  });
});
