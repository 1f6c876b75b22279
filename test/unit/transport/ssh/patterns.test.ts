import assert from 'node:assert/strict';
import { matchesPattern, matchesPatternList } from '../../../../src/transport/ssh/patterns.ts';

describe('ssh patterns', () => {
  const cases: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
    ['kvm1', 'kvm1', true],
    ['kvm1', 'kvm10', false],
    ['kvm?', 'kvm1', true],
    ['kvm?', 'kvm', false],
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'aXexample.com', false],
    ['*', '', true],
    ['[kvm1]:*', '[kvm1]:2222', true],
    ['[kvm1]:*', 'k:2222', false],
    ['10.0.*', '10.0.3.4', true],
    ['****', 'anything', true],
  ];
  for (const [pattern, text, matches] of cases) {
    it(`${pattern} ${matches ? 'matches' : 'does not match'} “${text}”`, () => {
      assert.equal(matchesPattern(pattern, text), matches);
    });
  }

  it('lets a negated pattern win, wherever it stands', () => {
    assert.equal(matchesPatternList(['*.lab', '!db.lab'], 'db.lab'), false);
    assert.equal(matchesPatternList(['!db.lab', '*.lab'], 'db.lab'), false);
    assert.equal(matchesPatternList(['*.lab', '!db.lab'], 'kvm.lab'), true);
    assert.equal(matchesPatternList(['!db.lab'], 'kvm.lab'), false, 'negation alone matches nothing');
  });
});
