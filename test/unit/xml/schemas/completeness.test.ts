import assert from 'node:assert/strict';
import { faultOfSet } from '../../../../src/xml/schemas/completeness.ts';
import { setOf } from './setOf.ts';
import { smallSchemas } from './smallSchemas.ts';

const changed = (name: string, text: string | undefined): ReturnType<typeof setOf> => {
  const texts = new Map(smallSchemas);
  if (text === undefined) texts.delete(name);
  else texts.set(name, text);
  return setOf(texts);
};

describe('a set of schemas', () => {
  it('is complete when each file is whole and all that it includes is there', async () => {
    assert.equal(await faultOfSet(setOf()), undefined);
  });

  it('is not complete without the schema of domains, or one that another includes', async () => {
    assert.equal(await faultOfSet(changed('domain.rng', undefined)), 'The schema domain.rng is missing.');
    assert.equal(
      await faultOfSet(changed('domaincommon.rng', undefined)),
      'domain.rng includes domaincommon.rng, which is missing.',
    );
  });

  it('is not complete when a file was cut off or is something else', async () => {
    const text = smallSchemas.get('domaincommon.rng') ?? '';
    for (const broken of [text.slice(0, text.length / 2), '', '<grammar/>', '\0\0\0']) {
      assert.equal(
        await faultOfSet(changed('domaincommon.rng', broken)),
        'domaincommon.rng is not a RELAX NG schema.',
      );
    }
  });
});
