import assert from 'node:assert/strict';
import { useTranslations } from '../../../src/base/l10n.ts';
import { sentences } from '../../../src/base/sentences.ts';

describe('sentences', () => {
  afterEach(() => {
    useTranslations(undefined);
  });

  it('are joined with a space, without those that are not there', () => {
    assert.equal(sentences('It failed.', undefined, 'Try again.', ''), 'It failed. Try again.');
    assert.equal(sentences('It failed.'), 'It failed.');
    assert.equal(sentences(undefined, ''), '');
  });

  it('are joined as the language does', () => {
    useTranslations({ '{0} {1}': '{0}{1}' });
    assert.equal(sentences('失败。', '请检查 {0}。', '请重试。'), '失败。请检查 {0}。请重试。');
  });
});
