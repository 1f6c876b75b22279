import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat();
const known = [...commands, ...views.map(({ id }) => `${id}.focus`)];

function textOf(key: string): string {
  return texts[key.replaceAll('%', '')] ?? '';
}

describe('the walkthrough', () => {
  it('names no command that is not there', () => {
    const linked = steps.flatMap(({ description }) =>
      [...textOf(description).matchAll(/\(command:([^)]+)\)/g)].map(([, id]) => id ?? ''),
    );
    const completing = steps
      .flatMap(({ completionEvents }) => completionEvents)
      .filter((event) => event.startsWith('onCommand:'))
      .map((event) => event.slice('onCommand:'.length));
    assert.ok(linked.length >= steps.length - 1);
    assert.deepEqual(
      [...linked, ...completing].filter((id) => !known.includes(id)),
      [],
    );
  });

  it('has a picture in each step that follows the theme and has words for those who do not see it', () => {
    for (const { id, media } of steps) {
      assert.ok(existsSync(media.svg), id);
      const svg = readFileSync(media.svg, 'utf8');
      assert.doesNotMatch(svg, /(?:fill|stroke)="#/, id);
      assert.match(svg, /var\(--vscode-foreground\)/, id);
      assert.ok(textOf(media.altText).length > 20, id);
    }
  });
});
