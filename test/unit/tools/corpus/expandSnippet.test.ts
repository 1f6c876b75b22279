import assert from 'node:assert/strict';
import { expandSnippet, touchesStop } from '../../../../tools/corpus/completion/expandSnippet.ts';

describe('what a snippet inserts before anything is typed', () => {
  it('is the default of a tab stop and the first of its choices', () => {
    assert.deepEqual(expandSnippet("<disk type='${1|file,block|}'>${2:a \\$ \\}}</disk>"), {
      text: "<disk type='file'>a $ }</disk>",
      emptyStops: [],
    });
  });

  it('is nothing at empty tab stops, whose places are told', () => {
    assert.deepEqual(expandSnippet("<a b='${1:}' $2>${0:}</a>"), {
      text: "<a b='' ></a>",
      emptyStops: [6, 8, 9],
    });
  });

  it('is the text itself where it holds no tab stop', () => {
    assert.deepEqual(expandSnippet('a \\$1 \\\\ b'), { text: 'a $1 \\ b', emptyStops: [] });
  });
});

describe('a fault at an empty tab stop', () => {
  it('holds it or touches it', () => {
    assert.equal(touchesStop({ start: 6, end: 6 }, [6]), true);
    assert.equal(touchesStop({ start: 2, end: 6 }, [6]), true);
    assert.equal(touchesStop({ start: 7, end: 9 }, [6]), false);
  });
});
