import { t } from '../../../base/l10n.ts';
import { SshError } from '../sshError.ts';

export interface ExpandContext {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `%h` and the other tokens stand for, by their letter. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** Replaces the tokens (`%h`) and variables (`${HOME}`) of ssh_config(5), section TOKENS, in a keyword's value. */
export function expandTokens(
  value: string,
  keyword: string,
  { tokens, env }: Omit<ExpandContext, 'home'>,
): string {
  return value.replace(/%(.?)|\$\{([^}]*)\}/gs, (whole, letter?: string, variable?: string) => {
    if (variable !== undefined) return env[variable] ?? unset(variable, keyword);
    return letter === '%' ? '%' : (tokens[letter ?? ''] ?? unknownToken(whole, keyword));
  });
}

/** Expands a path: `~` as well as tokens and variables. */
export function expandPath(value: string, keyword: string, context: ExpandContext): string {
  return withHome(value, keyword, context.home, (rest) => expandTokens(rest, keyword, context));
}

/** Expands the `~` that a path begins with, and nothing else. */
export function expandTilde(path: string, keyword: string, home: string): string {
  return withHome(path, keyword, home, (rest) => rest);
}

function withHome(path: string, keyword: string, home: string, expand: (rest: string) => string): string {
  if (!path.startsWith('~')) return expand(path);
  if (path === '~' || /^~[/\\]/.test(path)) return home + expand(path.slice(1));
  throw new SshError(
    'bad-config',
    t('“{0}” in {1} of the SSH configuration is the home folder of another user.', path, keyword),
    { advice: t('Write that path in full.') },
  );
}

function unset(variable: string, keyword: string): never {
  throw new SshError(
    'bad-config',
    t('{0} of the SSH configuration uses the environment variable {1}, which is not set.', keyword, variable),
  );
}

function unknownToken(token: string, keyword: string): never {
  throw new SshError(
    'bad-config',
    t('“{0}” in {1} of the SSH configuration is not supported.', token, keyword),
  );
}
