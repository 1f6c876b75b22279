import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { silenceSeconds, type LoginState } from './loginState.ts';
import type { RbdLogin } from './rbdLogins.ts';

/** Ceph does not receive a login as it should. */
export class LoginProblem extends CodedProblem<LoginState['kind']> {}

/** The state as an error; undefined when all is well. */
export function problemOf(state: LoginState, name: string, host: string): LoginProblem | undefined {
  const words = stateInWords(state);
  if (state.kind === 'fine') return undefined;
  return new LoginProblem(state.kind, t('The login of {0} on {1}: {2}', name, host, words), {
    raw: 'said' in state ? state.said : undefined,
  });
}

/** For evidence and errors, in a sentence. */
export function stateInWords(state: LoginState): string {
  switch (state.kind) {
    case 'fine':
      return t('Ceph lets it in.');
    case 'silent':
      return t('No monitor answered within {0} s.', silenceSeconds);
    case 'stalled':
      return t('The monitors answer, but the OSDs with the data did not within {0} s.', silenceSeconds);
    case 'name-unknown':
      return t('The host does not know the name of a monitor.');
    case 'refused':
      return t('Ceph answers and refuses the login.');
    case 'no-auth':
      return t('Ceph answers and lets nobody in without a user.');
    case 'pool-missing':
      return t('Ceph lets it in, but has no such pool.');
    case 'forbidden':
      return t('Ceph lets it in, but its capabilities do not reach the images.');
    case 'secret-missing':
      return t('The host has no such secret.');
    case 'secret-without-value':
      return t('The secret has no value.');
    case 'no-key':
      return t('The value of the secret is no key of Ceph.');
    case 'not-tried':
      return t('It could not be tried: {0}', state.reason);
  }
}

/** What was seen, line by line. */
export function stateEvidence(login: RbdLogin, state: LoginState): readonly string[] {
  return [`${login.name}: ${stateInWords(state)}`, ...('said' in state ? [state.said] : [])];
}
