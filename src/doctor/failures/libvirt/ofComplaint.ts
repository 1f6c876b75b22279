import type { ExaminedDomain, Patient } from '../../patient.ts';
import type { Complaint } from '../../complaint.ts';
import type { Subject } from '../../subject.ts';

/** What a complaint is about; where it does not say, the host. */
export function subjectOf({ name }: Patient, complaint: Complaint): Subject {
  return complaint.about ?? { kind: 'host', host: name };
}

/** The line of the complaint that shows the failure. */
export function lineOf({ said, match }: Complaint): string {
  const start = said.lastIndexOf('\n', match.index) + 1;
  const end = said.indexOf('\n', match.index);
  return said.slice(start, end < 0 ? undefined : end).trim();
}

/** The domain that a complaint is about; undefined where it is about none, or the host is not connected. */
export async function domainOf(patient: Patient, { about }: Complaint): Promise<ExaminedDomain | undefined> {
  if (about?.kind !== 'domain' || !patient.session.connected) return undefined;
  const domains = await patient.domains();
  return domains.find(({ entry }) => entry.ref.uuid === about.uuid);
}
