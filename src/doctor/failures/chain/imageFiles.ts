import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { mapInTurns } from '../../../operations/volumes/mapInTurns.ts';
import type { Transport } from '../../../transport/transport.ts';
import { isAskable } from '../../../hosts/knowledge/missingFiles.ts';
import { readQcow2Header, type Qcow2Header } from './qcow2Header.ts';

/** A file that is looked at in the format that it is used in: what a probe finds, a guest may have forged. */
export interface FileQuestion {
  readonly path: string;
  readonly format: string;
}

/** The image below another, as that names it. */
export interface NamedBacking {
  /** As it stands in the image: often relative to its folder. */
  readonly name: string;
  /** As QEMU resolves it. */
  readonly path: string;
  readonly format: string | undefined;
}

/** What a file of a disk is on its host. */
export type ImageFile =
  | { readonly kind: 'missing' }
  /** This account may not look. */
  | { readonly kind: 'forbidden' }
  /** qemu-img cannot read it, or nobody may ask for it. */
  | { readonly kind: 'unreadable'; readonly said: string }
  /** Used byte for byte. `header`: it has what makes a file qcow2. */
  | { readonly kind: 'raw'; readonly size: number; readonly header: Qcow2Header | undefined }
  | { readonly kind: 'image'; readonly size: number; readonly backing: NamedBacking | undefined };

/** Nobody may look at the files of this host. */
export class ImagesForbidden extends Problem {
  readonly code = 'forbidden';

  constructor(host: string) {
    super(t('The user of this connection may not read the files of disks on {0}.', host), {
      advice: t('Connect as root, or as a user for whom sudo asks no password.'),
    });
  }
}

/**
 * Reads pairs of lines, format and path, and looks at each. Of raw files only the head is read. What belongs to a file
 * comes after a line that begins with `=`, each line of it after `> `.
 */
const look = `
while IFS= read -r format && IFS= read -r path; do
  if ! size=$(LC_ALL=C stat -L -c %s -- "$path" 2>&1); then
    case $size in
      *': No such file or directory') echo '= missing' ;;
      *) echo '= forbidden' ;;
    esac
  elif ! [ -f "$path" ]; then
    echo '= other'
  elif ! [ -r "$path" ]; then
    echo '= forbidden'
  elif [ "$format" = raw ]; then
    echo "= raw $size"
    od -An -v -tx1 -N 104 -- "$path" | sed 's/^/> /'
  else
    said=$(LC_ALL=C timeout 10 qemu-img info -U --output=json -f "$format" -- "$path" 2>&1 </dev/null)
    echo "= image $?"
    printf '%s\\n' "$said" | sed 's/^/> /'
  fi
done`;

/** As root where that needs no password. */
export const asRoot = `
if [ "$(id -u)" != 0 ] && sudo -n true 2>/dev/null; then exec sudo -n sh -c "$@"; fi
exec sh -c "$@"`;

/** So many files are looked at by one command, and so many commands run at a time. */
const perCommand = 50;
const atOnce = 2;

/** What the files are; those that are not asked for, as their names are no plain paths, are unreadable. */
export async function readImageFiles(
  transport: Transport,
  questions: readonly FileQuestion[],
  options: WaitOptions,
): Promise<(question: FileQuestion) => ImageFile> {
  const askable = new Map(
    questions
      .filter(({ path, format }) => isAskable(path) && /^[\w-]+$/.test(format))
      .map((question) => [keyOf(question), question] as const),
  );
  const all = [...askable.values()];
  const chunks = Array.from({ length: Math.ceil(all.length / perCommand) }, (_, index) =>
    all.slice(index * perCommand, (index + 1) * perCommand),
  );
  const answers = await mapInTurns(chunks, atOnce, async (chunk) => {
    const input = chunk.map(({ format, path }) => `${format}\n${path}\n`).join('');
    const { stdout } = await transport.exec(['sh', '-c', asRoot, 'sh', look], { ...options, input });
    const records = parseImageFiles(stdout.toString());
    return chunk.map((question, index) => [keyOf(question), records[index] ?? unreadable('')] as const);
  });
  const files = new Map(answers.flat());
  return (question) => files.get(keyOf(question)) ?? unreadable('');
}

function keyOf({ format, path }: FileQuestion): string {
  return `${format} ${path}`;
}

function unreadable(said: string): ImageFile {
  return { kind: 'unreadable', said };
}

/** What the script prints. */
export function parseImageFiles(output: string): readonly ImageFile[] {
  return output
    .split(/^= /m)
    .slice(1)
    .map((record) => {
      const [head = '', ...lines] = record.split('\n');
      const text = lines.map((line) => line.replace(/^> /, '')).join('\n');
      const [word, number] = head.split(' ');
      switch (word) {
        case 'missing':
        case 'forbidden':
          return { kind: word };
        case 'raw':
          return { kind: 'raw', size: Number(number), header: readQcow2Header(text) };
        case 'image':
          return number === '0' ? parseInfo(text) : refusal(text.trim());
        default:
          return unreadable('');
      }
    });
}

function refusal(said: string): ImageFile {
  return said.includes('Permission denied') ? { kind: 'forbidden' } : unreadable(said);
}

interface InfoJson {
  readonly 'virtual-size': number;
  readonly 'backing-filename'?: string;
  readonly 'full-backing-filename'?: string;
  readonly 'backing-filename-format'?: string;
}

function parseInfo(json: string): ImageFile {
  try {
    const info = JSON.parse(json.slice(json.indexOf('{'))) as InfoJson;
    const name = info['backing-filename'];
    return {
      kind: 'image',
      size: info['virtual-size'],
      backing:
        name === undefined
          ? undefined
          : { name, path: info['full-backing-filename'] ?? name, format: info['backing-filename-format'] },
    };
  } catch {
    return unreadable(json);
  }
}
