import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Line } from 'ssh-config';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import { matchesPatternList } from '../patterns.ts';
import { SshError } from '../sshError.ts';
import { includedFiles } from './includes.ts';
import { expandTokens } from './tokens.ts';

/** As deep as OpenSSH follows Include. */
const maxDepth = 16;

/** Keywords that may be given several times, all of which count. */
const accumulating = new Set(['identityfile', 'certificatefile']);

export interface ReaderContext {
  readonly alias: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

export interface ConfigFile {
  readonly path: string;
  /** Where relative paths of its Include lines start. */
  readonly includeFolder: string;
  /** Whether it is an error that it does not exist. */
  readonly required: boolean;
}

interface Origin {
  readonly includeFolder: string;
  readonly depth: number;
  readonly final: boolean;
}

/**
 * Collects the settings that configuration files make for one host, with the rules of ssh_config(5): the first value
 * of a keyword counts. `Match exec` is never run: it counts as not matching. The ssh-config package only parses,
 * because its own evaluation starts programs (`Match exec`, and nslookup for CanonicalizeHostname).
 */
export class ConfigReader {
  /** Arguments by the keyword in lower case; for keywords that accumulate, those of all occurrences. */
  readonly settings = new Map<string, string[]>();
  /** ProxyJump or ProxyCommand, whichever came first. */
  proxy: { readonly keyword: string; readonly value: string } | undefined;
  readonly #context: ReaderContext;
  #hasFinal = false;

  constructor(context: ReaderContext) {
    this.#context = context;
  }

  first(keyword: string): string | undefined {
    return this.settings.get(keyword.toLowerCase())?.[0];
  }

  set(keyword: string, args: readonly string[]): void {
    const name = keyword.toLowerCase();
    if (name === 'proxyjump' || name === 'proxycommand') this.proxy ??= { keyword, value: args.join(' ') };
    const known = this.settings.get(name);
    if (!known) this.settings.set(name, [...args]);
    else if (accumulating.has(name)) known.push(...args.filter((each) => !known.includes(each)));
  }

  /** Reads the files in order. */
  async readFiles(files: readonly ConfigFile[]): Promise<void> {
    for (const file of files) await this.#readFile(file, { ...file, depth: 0, final: false });
    if (!this.#hasFinal) return;
    for (const file of files) await this.#readFile(file, { ...file, depth: 0, final: true });
  }

  async #readFile({ path, required }: Pick<ConfigFile, 'path' | 'required'>, origin: Origin): Promise<void> {
    if (origin.depth > maxDepth) {
      throw new SshError('bad-config', t('Include in the SSH configuration goes too deep at {0}.', path), {
        advice: t('Remove the file that includes itself, directly or through others.'),
      });
    }
    const lines = await parseFile(path, required);
    if (lines) await this.#evaluate(lines, origin);
  }

  async #evaluate(lines: readonly Line[], origin: Origin): Promise<void> {
    for (const line of lines) {
      if (!('param' in line)) continue;
      const keyword = line.param.toLowerCase();
      const args = typeof line.value === 'string' ? [line.value] : line.value.map(({ val }) => val);
      if ('config' in line) {
        const active =
          keyword === 'host'
            ? matchesPatternList(args, this.#context.alias)
            : this.#matches(args, origin.final);
        if (active) await this.#evaluate(line.config, origin);
      } else if (keyword === 'include') {
        for (const argument of args) {
          const files = await includedFiles(argument, origin.includeFolder, this.#context.home);
          for (const path of files) {
            await this.#readFile({ path, required: false }, { ...origin, depth: origin.depth + 1 });
          }
        }
      } else {
        this.set(line.param, args);
      }
    }
  }

  /** Whether all criteria of a `Match` line are met. Those that are not supported never are. */
  #matches(criteria: readonly string[], final: boolean): boolean {
    const rest = [...criteria];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      const negated = word.startsWith('!');
      const met = this.#meets(word.slice(negated ? 1 : 0).toLowerCase(), rest, final);
      if (met === undefined || met === negated) return false;
    }
    return true;
  }

  #meets(criterion: string, rest: string[], final: boolean): boolean | undefined {
    const { alias, log } = this.#context;
    switch (criterion) {
      case 'all':
        return true;
      case 'canonical':
        return false;
      case 'final':
        this.#hasFinal = true;
        return final;
    }
    const patterns = (rest.shift() ?? '').split(',');
    switch (criterion) {
      case 'host':
        return matchesPatternList(patterns, this.hostName());
      case 'originalhost':
        return matchesPatternList(patterns, alias);
      case 'user':
        return matchesPatternList(patterns, this.first('User') ?? userInfo().username);
      case 'localuser':
        return matchesPatternList(patterns, userInfo().username);
      default:
        log.warn(
          t('“Match {0}” of the SSH configuration is not evaluated: its settings are left out.', criterion),
        );
        return undefined;
    }
  }

  /** `HostName`, as far as it is known by now. */
  hostName(): string {
    const { alias, env } = this.#context;
    const tokens = { h: alias, n: alias };
    return expandTokens(this.first('HostName') ?? '%h', 'HostName', { tokens, env }).toLowerCase();
  }
}

async function parseFile(file: string, required: boolean): Promise<readonly Line[] | undefined> {
  try {
    const { parse } = await import('ssh-config');
    const lines = parse(await readFile(file, 'utf8'));
    const broken = lines.find((line) => 'param' in line && /\s/.test(line.param));
    if (broken && 'param' in broken)
      throw new Error(`Missing argument: ${broken.param.split(/\s/)[0] ?? ''}`);
    return lines;
  } catch (cause) {
    if (!required && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SshError('bad-config', t('The SSH configuration {0} cannot be read.', file), {
      raw: messageOf(cause),
      cause,
    });
  }
}
