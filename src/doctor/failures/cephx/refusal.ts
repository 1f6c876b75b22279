import type { CephUser } from '../../../ceph/cephUsers.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import type { PlanCluster } from '../../../operations/connectPool/poolConnection.ts';
import type { Complaint } from '../../complaint.ts';
import type { Patient } from '../../patient.ts';
import { reasonOf, secretOfLogin, stateOfLogin, type LoginState } from '../reach/loginState.ts';
import { rbdLoginsOf, type RbdLogin } from '../reach/rbdLogins.ts';
import { holdsKeyOf, userInCeph } from './cephSide.ts';

/** Why Ceph refuses a login: it tells only that it does. */
export type Refusal =
  /** The name begins with `client.`, which librados puts there itself. @property user without it */
  | { readonly kind: 'prefix'; readonly user: string }
  | { readonly kind: 'unknown-user'; readonly cluster: PlanCluster }
  | { readonly kind: 'wrong-key'; readonly cluster: PlanCluster; readonly secret: SecretRef }
  /** User and key are right: it may not even ask the monitors. */
  | { readonly kind: 'no-mon-caps'; readonly cluster: PlanCluster; readonly user: CephUser }
  /** Nobody here may ask Ceph which of them it is. */
  | { readonly kind: 'unclear'; readonly reason: string };

export interface RefusedLogin {
  readonly login: RbdLogin;
  readonly state: LoginState;
  readonly refusal: Refusal;
}

/** The logins that Ceph refuses, with the reason of each. */
export async function refusedLogins(
  patient: Patient,
  complaint?: Complaint,
): Promise<readonly RefusedLogin[]> {
  const logins = await rbdLoginsOf(patient, complaint);
  const asked = await Promise.all(
    logins.map(async (login) => {
      const state = await stateOfLogin(patient, login);
      if (state.kind !== 'refused' && state.kind !== 'no-key') return [];
      return [{ login, state, refusal: await refusalOf(patient, login) }];
    }),
  );
  return asked.flat();
}

function refusalOf(patient: Patient, login: RbdLogin): Promise<Refusal> {
  return patient.once(JSON.stringify(['refusal', login.hosts, login.auth]), () => findOut(patient, login));
}

async function findOut(patient: Patient, login: RbdLogin): Promise<Refusal> {
  const { username = '' } = login.auth ?? {};
  const [, bare] = /^client\.(.+)$/s.exec(username) ?? [];
  const seen = await userInCeph(patient, login);
  if (bare !== undefined && seen.kind !== 'known') return { kind: 'prefix', user: bare };
  if (seen.kind === 'not-seen') return { kind: 'unclear', reason: seen.reason };
  const { cluster } = seen;
  if (seen.kind === 'absent') return { kind: 'unknown-user', cluster };
  const host = { ...patient.host, name: patient.name };
  try {
    const secret = await secretOfLogin(host, login, patient.wait);
    if (!secret) return { kind: 'unclear', reason: '' };
    const isRight = await holdsKeyOf(host, secret, cluster, username, patient.wait);
    if (isRight === 'unknown') return { kind: 'unclear', reason: '' };
    return isRight
      ? { kind: 'no-mon-caps', cluster, user: seen.user }
      : { kind: 'wrong-key', cluster, secret };
  } catch (error) {
    return { kind: 'unclear', reason: reasonOf(error) };
  }
}
