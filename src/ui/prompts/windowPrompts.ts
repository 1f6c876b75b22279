import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type {
  HostKeyQuestion,
  KeyboardInteractiveQuestion,
  PassphraseQuestion,
  PasswordQuestion,
  SshPrompts,
} from '../../transport/ssh/sshPrompts.ts';

/** By host; a connection that comes back by itself logs in with the password that was given before. */
const passwords = new Map<string, string>();

/** Asks in the window. */
export const windowPrompts: SshPrompts = {
  async confirmHostKey(question: HostKeyQuestion): Promise<boolean | undefined> {
    const { host, knownHostsName, keyType, fingerprint, otherKnownTypes, file } = question;
    const trust = t('Trust and Connect');
    const detail = [
      t('Key type: {0}', keyType),
      t('Fingerprint: {0}', fingerprint),
      ...(otherKnownTypes.length > 0
        ? [t('Other keys of this host are known already ({0}); this one is not.', otherKnownTypes.join(', '))]
        : []),
      t(
        'Compare the fingerprint with one from the host itself: “ssh-keygen -lf /etc/ssh/ssh_host_…_key.pub”.',
      ),
      ...(file === undefined ? [] : [t('When you trust it, it is added to {0}.', file)]),
    ].join('\n');
    const answer = await vscode.window.showWarningMessage(
      t('The host key of {0} ({1}) is not known.', host, knownHostsName),
      { modal: true, detail },
      trust,
    );
    return answer === trust;
  },

  passphrase(
    { host, keyFile, attempt }: PassphraseQuestion,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return askSecret(
      attempt > 1
        ? t('The passphrase was wrong. Passphrase of {0}', keyFile)
        : t('Passphrase of {0}', keyFile),
      t('For {0}. Leave it empty to go on without this key.', host),
      signal,
    );
  },

  async password({ host, attempt }: PasswordQuestion, signal: AbortSignal): Promise<string | undefined> {
    const remembered = attempt === 1 ? passwords.get(host) : undefined;
    if (remembered !== undefined) return remembered;
    passwords.delete(host);
    const given = await askSecret(
      attempt > 1 ? t('The password was refused. Password for {0}', host) : t('Password for {0}', host),
      t('It is kept in memory until this window closes, and nowhere else.'),
      signal,
    );
    if (given !== undefined) passwords.set(host, given);
    return given;
  },

  async keyboardInteractive(
    { host, name, instructions, prompts }: KeyboardInteractiveQuestion,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    const answers: string[] = [];
    const note = [name, instructions].filter((text) => text !== '').join(' — ');
    for (const { prompt, echo } of prompts) {
      const answer = await ask(
        { title: t('{0} asks: {1}', host, prompt), prompt: note, password: !echo },
        signal,
      );
      if (answer === undefined) return undefined;
      answers.push(answer);
    }
    return answers;
  },
};

/** For a reconnect that nobody has asked for: nobody is asked anything. */
export const silentPrompts: SshPrompts = {
  confirmHostKey: () => Promise.resolve(undefined),
  passphrase: () => Promise.resolve(''),
  password: ({ host, attempt }) => Promise.resolve(attempt === 1 ? passwords.get(host) : undefined),
  keyboardInteractive: () => Promise.resolve(undefined),
};

function askSecret(title: string, prompt: string, signal: AbortSignal): Promise<string | undefined> {
  return ask({ title, prompt, password: true }, signal);
}

async function ask(options: vscode.InputBoxOptions, signal: AbortSignal): Promise<string | undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    source.cancel();
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await vscode.window.showInputBox({ ...options, ignoreFocusOut: true }, source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
