import { parseArgs } from 'node:util';
import { messageOf, Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { allRules } from '../rules/allRules.ts';
import type { RuleSettings } from '../rules/check.ts';

export const programName = 'libvirt-xml-lint';
export const formats = ['text', 'json', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** What the person asked for. */
export type Order =
  | { readonly kind: 'help' | 'version' }
  | {
      readonly kind: 'lint';
      /** undefined: the schemas that come with the program, else those of this machine. */
      readonly schemaFolder: string | undefined;
      readonly format: Format;
      readonly rules: RuleSettings | 'none' | undefined;
      readonly stdin: boolean;
      /** Files and folders as they were written. */
      readonly paths: readonly string[];
    };

/** Arguments that make no sense. */
export class UsageError extends Problem {
  readonly code = 'usage';

  constructor(message: string) {
    super(message, { advice: t('Try: {0}', `${programName} --help`) });
  }
}

const options = {
  schemas: { type: 'string' },
  format: { type: 'string', default: 'text' },
  rules: { type: 'string', default: 'all' },
  stdin: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** @throws {UsageError} */
export function parseCommandLine(args: readonly string[]): Order {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const stdin = values.stdin || positionals.includes('-');
  const paths = positionals.filter((path) => path !== '-');
  if (!stdin && paths.length === 0) throw new UsageError(t('No file is named.'));
  return {
    kind: 'lint',
    schemaFolder: values.schemas,
    format: parseFormat(values.format),
    rules: parseRules(values.rules),
    stdin,
    paths,
  };
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function parseFormat(text: string): Format {
  const format = formats.find((name) => name === text);
  if (format) return format;
  throw new UsageError(t('There is no format “{0}”. There are: {1}.', text, formats.join(', ')));
}

function parseRules(text: string): RuleSettings | 'none' | undefined {
  if (text === 'all') return undefined;
  if (text === 'none') return 'none';
  const wanted = text.split(',').map((id) => id.trim());
  const unknown = wanted.find((id) => !allRules.some((rule) => rule.id === id));
  if (unknown !== undefined) {
    const ids = allRules.map(({ id }) => id).join(', ');
    throw new UsageError(t('There is no rule “{0}”. There are: {1}.', unknown, ids));
  }
  const others = allRules.filter(({ id }) => !wanted.includes(id));
  return new Map(others.map(({ id }) => [id, 'off']));
}
