import * as vscode from 'vscode';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { decodeCephKey } from '../../../operations/secrets/cephKey.ts';
import type { SecretPurpose } from '../../../operations/secrets/defineSecret.ts';
import type { CephKey } from '../../../operations/secrets/keyring.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';
import type { ValueReader } from './valueReader.ts';

/** A value, and whose it is where that is known: `client.libvirt`. Empty: none is to be set. */
export interface AskedValue {
  readonly value: Buffer | undefined;
  readonly entity?: string | undefined;
}

export interface ValueQuestion {
  readonly session: HostSession;
  readonly reader: ValueReader;
  /** What the secret is for; undefined: for nothing in particular. */
  readonly purpose: SecretPurpose | undefined;
  /** Whether no value is an answer too. */
  readonly optional: boolean;
}

/** Where a value is from: a keyring of the host by its path, or one of these. */
type Source = { readonly keyring: string } | 'file' | 'typed' | 'none';

const [fromFile, typed, none] = ['file', 'typed', 'none'] as const;

/** Asks for the value of a secret. Of a Ceph secret the form of the key is checked. It is shown nowhere. */
export async function askValue(ask: Ask, question: ValueQuestion): Promise<AskedValue> {
  const isCeph = question.purpose === 'ceph';
  for (;;) {
    const source = await ask.pick<Source>({
      placeholder: isCeph ? t('Where is the key of the Ceph user?') : t('Where is the value?'),
      choices: async () => [...(isCeph ? await keyringChoices(question) : []), ...otherSources(question)],
    });
    if (source === none) return { value: undefined };
    const answer = isCeph
      ? await askCephKey(ask, question, source)
      : { value: await askPlain(ask, question, source) };
    if (answer?.value) return answer;
  }
}

async function keyringChoices({ session, reader }: ValueQuestion): Promise<readonly Choice<Source>[]> {
  return [...(await reader.keyringsOf(session.require().transport))].map(([client, keyring]) => ({
    label: t('client.{0} on {1}', client, session.name),
    description: keyring,
    detail: client === 'admin' ? t('May do anything in the cluster: better a user of its own.') : undefined,
    icon: new vscode.ThemeIcon('server'),
    value: { keyring },
  }));
}

function otherSources({ purpose, optional }: ValueQuestion): readonly Choice<Source>[] {
  const isCeph = purpose === 'ceph';
  return [
    {
      label: isCeph ? t('A keyring on this machine…') : t('A file on this machine…'),
      description: isCeph ? undefined : t('without the line end'),
      icon: new vscode.ThemeIcon('file'),
      value: fromFile,
    },
    {
      label: isCeph ? t('Paste the key…') : t('Type it…'),
      description: isCeph ? t('“ceph auth get-key client.NAME” prints it') : undefined,
      icon: new vscode.ThemeIcon('keyboard'),
      value: typed,
    },
    ...(optional
      ? [
          {
            label: t('No value yet'),
            description: t('it can be set later'),
            icon: new vscode.ThemeIcon('circle-slash'),
            value: none,
          },
        ]
      : []),
  ];
}

/** undefined when there is none where it should be: the person has been told why. */
async function askCephKey(
  ask: Ask,
  { session, reader }: ValueQuestion,
  source: Source,
): Promise<AskedValue | undefined> {
  if (source === typed) {
    const text = await ask.text({
      prompt: t('The key. libvirt keeps it on {0}; it is shown nowhere.', session.name),
      placeholder: 'AQ…==',
      secret: true,
      refusal: refuseKey,
    });
    return { value: await reader.cephKey(text) };
  }
  if (typeof source === 'object') {
    const { transport } = session.require();
    return askOneOf(ask, await orTold(source.keyring, reader.keyringOnHost(transport, source.keyring)));
  }
  const file = await ask.file({ title: t('Keyring'), openLabel: t('Use') });
  return askOneOf(ask, await orTold(file.fsPath, reader.keyringFile(file.fsPath)));
}

async function askOneOf(ask: Ask, keys: readonly CephKey[] | undefined): Promise<AskedValue | undefined> {
  if (!keys) return undefined;
  const [first] = keys;
  if (keys.length <= 1) return first && { value: first.key, entity: first.entity };
  const index = await ask.pick({
    placeholder: t('The keyring has several keys. Which one?'),
    choices: keys.map(({ entity }, value) => ({ label: entity ?? t('without a name'), value })),
  });
  const chosen = keys[index];
  return chosen && { value: chosen.key, entity: chosen.entity };
}

async function askPlain(
  ask: Ask,
  { session, reader, purpose }: ValueQuestion,
  source: Source,
): Promise<Buffer | undefined> {
  if (source === typed) {
    const text = await ask.text({
      prompt: t('{0}. libvirt keeps it on {1}; it is shown nowhere.', nameOfValue(purpose), session.name),
      secret: true,
      refusal: (given) => (given === '' ? t('Give a value.') : undefined),
    });
    return reader.text(text);
  }
  const file = await ask.file({ title: nameOfValue(purpose), openLabel: t('Use') });
  return orTold(file.fsPath, reader.file(file.fsPath));
}

function nameOfValue(purpose: SecretPurpose | undefined): string {
  switch (purpose) {
    case 'iscsi':
      return t('The CHAP password');
    case 'volume':
    case 'vtpm':
      return t('The passphrase');
    case 'tls':
      return t('The passphrase of the TLS key');
    case 'ceph':
    case undefined:
      return t('The value');
  }
}

/** undefined when it cannot be read: the person has been told why. */
export async function orTold<T>(path: string, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    tellOnce(path, error);
    return undefined;
  }
}

/** Errors of files that have been told; the questions run again when somebody goes back. */
const told = new WeakSet();

function tellOnce(path: string, error: unknown): void {
  if (!(error instanceof Error) || told.has(error)) return;
  told.add(error);
  const advice = error instanceof Problem ? error.advice : undefined;
  void vscode.window.showErrorMessage(sentences(t('{0}: {1}', path, messageOf(error)), advice));
}

/** Why a text is no key of Ceph. */
export function refuseKey(text: string): string | undefined {
  if (text === '') return t('Give the key.');
  try {
    decodeCephKey(text).fill(0);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
