import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { CheckUpScope } from '../../doctor/checkUp.ts';
import type { Report } from '../../doctor/report.ts';
import type { CommandServices } from '../commands/command.ts';
import { withProgress } from '../progress.ts';
import { notedSubject } from './errorSubjects.ts';
import { sessionOf } from './subjects.ts';

type Services = Pick<CommandServices, 'registry' | 'clusters' | 'doctor' | 'explorer'>;

/** What is looked at, found out anew each time that it is. */
export type FindScope = () => Promise<CheckUpScope>;

/** Looks for all known failures, and shows what was found. @param title of the report: "Check-up of kvm1" */
export async function runCheckUp(title: string, findScope: FindScope, services: Services): Promise<void> {
  const look = (): Promise<Report> =>
    withProgress({ title }, (signal, report) => examine(title, findScope, services, { signal, report }));
  await services.doctor.reports.open(title, await look(), look);
}

async function examine(
  title: string,
  findScope: FindScope,
  { registry, clusters, doctor }: Services,
  { signal, report }: { readonly signal: AbortSignal; readonly report: ReportProgress },
): Promise<Report> {
  const [{ checkUp }, { checkUpReport }, { allFailures }, scope] = await Promise.all([
    import('../../doctor/checkUp.ts'),
    import('../../doctor/report.ts'),
    import('../../doctor/allFailures.ts'),
    findScope(),
  ]);
  const ward = { sessions: registry.sessions, clusters: clusters.found, wait: { signal } };
  const found = await checkUp(allFailures, scope, ward, report);
  doctor.found.found(found.findings, scope);
  return checkUpReport(found, {
    title,
    where: [
      ...scope.sessions.filter((session) => session.connected).map(({ name }) => name),
      ...scope.clusters.map(({ name }) => t('the Ceph cluster {0}', name)),
    ],
    known: allFailures.length,
    at: new Date(),
  });
}

/** Finds out what an error comes from, and shows it. */
export async function explainError(error: unknown, services: Services): Promise<void> {
  const { registry, clusters, doctor, explorer } = services;
  const [{ explain }, { explanationReport }, { allFailures }, { saidBy }] = await Promise.all([
    import('../../doctor/checkUp.ts'),
    import('../../doctor/report.ts'),
    import('../../doctor/allFailures.ts'),
    import('../../doctor/complaint.ts'),
  ]);
  const about = notedSubject(error);
  const session = sessionOf(about, registry) ?? (about === undefined ? explorer.currentHost : undefined);
  const title = t('What This Means');
  const report = await withProgress({ title: t('Looking for what it comes from') }, (signal) =>
    explain(error, allFailures, {
      about,
      session: session?.connected && session,
      ward: { sessions: registry.sessions, clusters: clusters.found, wait: { signal } },
    }),
  );
  const words = { message: messageOf(error), said: saidBy(error) };
  await doctor.reports.open(title, explanationReport(report, words));
}
