import assert from 'node:assert/strict';
import { t, useTranslations } from '../../../src/base/l10n.ts';

describe('t', () => {
  afterEach(() => {
    useTranslations(undefined);
  });

  it('fills placeholders, in any order, and leaves those without an argument', () => {
    assert.equal(t('{1} on {0}, {2}', 'kvm1', 'web1'), 'web1 on kvm1, {2}');
  });

  it('does not look for placeholders in what it fills in', () => {
    assert.equal(t('{0}{1}', '{1}', 'x'), '{1}x');
  });

  it('translates what the bundle has', () => {
    useTranslations({ 'Host {0}': '主机 {0}' });
    assert.deepEqual([t('Host {0}', 'kvm1'), t('Other')], ['主机 kvm1', 'Other']);
  });
});
