import { sections } from './sections.ts';

export interface Documentation {
  /** One or two sentences in Markdown, in the display language, of the value or else of its attribute. */
  readonly text: string | undefined;
  /** The section of libvirt's documentation. */
  readonly url: string;
}

/** What is asked about: an element, an attribute of it, or a value that the attribute has. */
export interface Subject {
  /** See documentPath(). */
  readonly path: string;
  readonly attribute?: string | undefined;
  readonly value?: string | undefined;
}

/** Sentences by `path`, `path@attribute` and `path@attribute=value`; `**` stands for any beginning of a path. */
export type DocumentationTexts = Readonly<Record<string, string>>;

const site = 'https://libvirt.org/';

/** What is said about this in `texts`, and where libvirt says more. undefined for what is not libvirt's. */
export function documentationOf(subject: Subject, texts: DocumentationTexts): Documentation | undefined {
  const url = urlOf(subject.path);
  if (url === undefined) return undefined;
  const { path, attribute } = subject;
  return { text: textOf(subject, texts) ?? textOf({ path, attribute }, texts), url };
}

/** The sentences in a language of VS Code (`en`, `zh-cn`); English where there are none. */
export async function loadTexts(language: string): Promise<DocumentationTexts> {
  const { default: texts } = language.startsWith('zh')
    ? await import('./texts.zh-cn.json', { with: { type: 'json' } })
    : await import('./texts.en.json', { with: { type: 'json' } });
  return texts;
}

function textOf({ path, attribute, value }: Subject, texts: DocumentationTexts): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const inPath = attribute === undefined ? '' : `@${attribute}`;
  const own = [path, `**/${name}`].map((place) => place + inPath);
  const keys = value === undefined ? own : own.map((key) => `${key}=${value}`);
  if (attribute !== undefined && value === undefined) keys.push(`**@${attribute}`);
  return keys.map((key) => texts[key]).find((text) => text !== undefined);
}

function urlOf(path: string): string | undefined {
  if (/^domain\/devices\/.+\/address$/.test(path) && !path.includes('/source/')) {
    return `${site}formatdomain.html#device-addresses`;
  }
  const [section] = sections
    .filter(([start]) => path === start || path.startsWith(`${start}/`))
    .sort(([a], [b]) => b.length - a.length)
    .map(([, name]) => name);
  if (section === undefined) return undefined;
  return section.startsWith('#') ? `${site}formatdomain.html${section}` : site + section;
}
