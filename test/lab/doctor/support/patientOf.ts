import assert from 'node:assert/strict';
import type { Finding, Remedy } from '../../../../src/doctor/finding.ts';
import { Patient } from '../../../../src/doctor/patient.ts';
import type { HostSession } from '../../../../src/hosts/hostSession.ts';
import { until } from '../../support/labSession.ts';
import type { Plan } from '../../../../src/operations/plan/plan.ts';

/** A host as a check-up that begins now sees it: nothing is known of it yet. */
export function patientOf(session: HostSession): Patient {
  return new Patient(session, { sessions: [session], clusters: undefined, wait: {} });
}

/** The plan of the first remedy whose title matches. */
export async function planOf(finding: Finding | undefined, title: RegExp): Promise<Plan> {
  const remedy = finding?.remedies.find(
    (one): one is Extract<Remedy, { kind: 'plan' }> => one.kind === 'plan' && title.test(one.title),
  );
  assert.ok(remedy, `there is no such remedy: ${finding?.remedies.map((one) => one.title).join(', ')}`);
  return remedy.plan({});
}

/** Waits until the host's inventory has a domain of that name. */
export function untilKnown(session: HostSession, domain: string): Promise<void> {
  const names = (): readonly string[] =>
    [...(session.inventory?.domains.entries.values() ?? [])].map(({ ref }) => ref.name);
  return until(session.onDidChangeInventory, () => names().includes(domain), `${domain} is known`);
}
