import assert from 'node:assert/strict';
import { textsOf } from '../../../../../src/xml/relaxng/datatypes/regex/expression.ts';
import { Matcher } from '../../../../../src/xml/relaxng/datatypes/regex/matcher.ts';
import { ExpressionError, parseExpression } from '../../../../../src/xml/relaxng/datatypes/regex/parse.ts';

const matches = (source: string, text: string): boolean => new Matcher(parseExpression(source)).matches(text);

/** An expression, texts that match, texts that do not. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['abc', ['abc'], ['ab', 'abcd', '', 'xabc']],
  ['', [''], ['a']],
  ['a|bc|', ['a', 'bc', ''], ['abc', 'b']],
  ['(a|b)c?', ['a', 'bc'], ['c', 'acc']],
  ['a*b+', ['b', 'aabb'], ['aa', 'ba']],
  ['a{2}', ['aa'], ['a', 'aaa']],
  ['a{2,}', ['aa', 'aaaaa'], ['a']],
  ['(ab){0,2}', ['', 'ab', 'abab'], ['ababab', 'a']],
  ['(a?){2}b', ['b', 'ab', 'aab'], ['aaab']],
  ['$[0-9]+^', ['$12^'], ['12']],
  ['.', ['x', '€', '😀'], ['\n', '\r', 'xy']],
  ['[a-c^]', ['a', 'c', '^'], ['d']],
  ['[^a-c]', ['d', '\n', '😀'], ['a']],
  ['[a-z-[aeiou]]+', ['xyz'], ['xay']],
  ['[a\\-z]', ['a', '-', 'z'], ['b']],
  ['[ -~]{1,3}', ['a b', '~'], ['abcd', '\t']],
  ['\\d+\\.\\d', ['12.3'], ['12x3']],
  ['\\s\\S', [' x', '\tx'], ['xx', '  ']],
  ['\\i\\c*', ['_a-1', ':x'], ['1a', '-']],
  ['[\\i-[:]][\\c-[:]]*', ['a.b'], ['a:b']],
  ['\\w\\W', ['a-'], ['aa']],
  ['\\p{Lu}\\P{Lu}', ['Ab', 'Äb'], ['ab', 'AB']],
  ['[\\p{Nd}x]+', ['1x', '٣'], ['y']],
  ['[^\\D]', ['7'], ['x']],
  ['\\n\\t\\\\\\.', ['\n\t\\.'], ['nt\\.']],
  ['([0-9]+(-[0-9]+)?|\\^[0-9]+)(,([0-9]+(-[0-9]+)?|\\^[0-9]+))*', ['0-3,^2,8'], ['0-', ',1', '1,,2']],
];

describe('regular expressions of XML Schema', () => {
  for (const [source, yes, no] of cases) {
    it(`match all of a text: ${source}`, () => {
      const matcher = new Matcher(parseExpression(source));
      for (const text of yes) assert.equal(matcher.matches(text), true, JSON.stringify(text));
      for (const text of no) assert.equal(matcher.matches(text), false, JSON.stringify(text));
    });
  }

  for (const source of [
    '(',
    'a)',
    '[a',
    'a{2',
    'a{3,2}',
    '*',
    '[z-a]',
    '\\',
    '\\q',
    '\\p{IsLatin}',
    'a{99999}',
    ']',
  ]) {
    it(`are refused when they mean nothing: ${source}`, () => {
      assert.throws(() => parseExpression(source), ExpressionError);
    });
  }

  it('are refused when they are nested without end', () => {
    assert.throws(() => parseExpression(`${'('.repeat(5_000)}a${')'.repeat(5_000)}`), ExpressionError);
  });

  it('need one pass over the text, also where others try again and again', () => {
    const text = 'a'.repeat(5_000);
    assert.equal(matches('(a*)*b', text), false);
    assert.equal(matches('(a|a)*(a|aa)+', text), true);
    assert.equal(matches('(.*a){12}', `${text}b`), false);
  });

  it('forget states that texts no longer ask for', () => {
    const matcher = new Matcher(parseExpression('[^/]{0,9000}'));
    for (let round = 0; round < 3; round++) assert.equal(matcher.matches('x'.repeat(8_000)), true);
    assert.equal(matcher.matches('x/'), false);
  });

  it('tell all their texts when these are few', () => {
    assert.deepEqual(textsOf(parseExpression('(tcp)|(udp)'), 9), ['tcp', 'udp']);
    assert.deepEqual(textsOf(parseExpression('[Oo]n?'), 9), ['O', 'On', 'o', 'on']);
    assert.deepEqual(textsOf(parseExpression('a{1,2}'), 9), ['a', 'aa']);
    assert.equal(textsOf(parseExpression('[a-z]'), 9), undefined);
    assert.equal(textsOf(parseExpression('a*'), 9), undefined);
    assert.equal(textsOf(parseExpression('[^a]'), 9), undefined);
    assert.equal(textsOf(parseExpression('(a|b)(a|b)(a|b)(a|b)'), 9), undefined);
  });
});
