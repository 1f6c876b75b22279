import { t } from '../base/l10n.ts';
import type { Failure } from './failure.ts';
import { block, escaped, list, parts } from './markdown.ts';

/** What there is to read of a failure, as Markdown. */
export function pageText({ page, symptoms }: Failure): string {
  const { title, summary, why, looks, cures, byHand = [], links, limits } = page();
  const section = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`## ${heading}`, '', ...lines];
  const sections = [
    section(t('How it shows'), symptoms.length === 0 ? [] : block(symptoms.map(({ example }) => example))),
    section(
      t('Why'),
      why.flatMap((paragraph, at) => (at === 0 ? [escaped(paragraph)] : ['', escaped(paragraph)])),
    ),
    section(t('What the doctor looks at'), list(looks.map(escaped))),
    section(t('What it offers'), list(cures.map(escaped))),
    section(t('By hand'), byHand.length === 0 ? [] : block(byHand, 'sh')),
    section(t('What was not tried'), limits === undefined ? [] : [escaped(limits)]),
    section(t('Read more'), list(links.map((link) => `[${escaped(link.title)}](${link.url})`))),
  ];
  return `${parts([`# ${escaped(title)}`], [escaped(summary)], ...sections).join('\n')}\n`;
}

/** All failures by what one sees, as Markdown, with links to their pages. */
export function pageListText(failures: readonly Failure[]): string {
  const items = failures.map(({ id, page }) => {
    const { title, summary } = page();
    return `[${escaped(title)}](${id}.md): ${escaped(summary)}`;
  });
  return `${parts([`# ${t('Failures that the doctor knows')}`], list(items)).join('\n')}\n`;
}
