import * as vscode from 'vscode';
import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { Progress } from '../../../base/progress.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { ClusterRoute } from '../../../hosts/clusters/clusterRoute.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { getPoolXml } from '../../../libvirt/storagePools.ts';
import { parsePool } from '../../../libvirt/model/storagePool.ts';
import { measureSpeed, type MeasuredSpeeds } from '../../../operations/images/bench/measureSpeed.ts';
import { scratchBytes } from '../../../operations/images/bench/speedTests.ts';
import { withScratchFile, withScratchImage } from '../../../operations/images/bench/withScratch.ts';
import { speedPage } from '../../charts/speedPage.ts';
import { speedReportAsMarkdown, type SpeedReport } from '../../charts/speedReport.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { showProblem } from '../../problems.ts';
import { withProgress } from '../../progress.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';

/** Storage on the host itself to compare with. */
const noFolder = Symbol('no folder');

/** How fast an image like this one is, beside the host's own storage, as a domain without cache would find them. */
export const measureSpeedCommand = objectCommand({
  id: 'libvirt.image.measureSpeed',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const asked = await ask(node);
    if (!asked) return;
    const report = await measure(node, asked, services);
    show(report, services);
  },
});

interface Asked {
  readonly route: ClusterRoute;
  readonly folder: string | undefined;
}

async function ask(node: ImageNode): Promise<Asked | undefined> {
  const routes = oneOfEachHost(node.cluster.routes);
  return wizard(t('Measure Speed of RBD Image'), async (questions) => {
    const route =
      routes.length === 1 && routes[0]
        ? routes[0]
        : await questions.pick({
            placeholder: t('Measured from which host?'),
            choices: routes.map((value) => ({ label: value.session.name, value })),
          });
    const folder = await questions.pick<string | typeof noFolder>({
      placeholder: t(
        'A scratch image like {0} is written and read, {1}. Beside which storage of {2}?',
        node.name,
        formatBytes(scratchBytes),
        route.session.name,
      ),
      choices: async () => [
        ...(await foldersOf(route.session)).map(({ pool, path }) => ({
          label: path,
          description: t('storage pool {0}', pool),
          value: path,
        })),
        { label: t('None: RBD alone'), value: noFolder },
      ],
    });
    return { route, folder: folder === noFolder ? undefined : folder };
  });
}

function oneOfEachHost(routes: readonly ClusterRoute[]): readonly ClusterRoute[] {
  return routes.filter(
    (route, index) => routes.findIndex(({ session }) => session === route.session) === index,
  );
}

/** The folders of the host's active pools of files. */
async function foldersOf(
  session: HostSession,
): Promise<readonly { readonly pool: string; readonly path: string }[]> {
  const { connection, inventory } = session.require();
  const active = [...inventory.pools.entries.values()].filter((entry) => entry.active);
  const pools = await Promise.all(
    active.map(async ({ ref }) => {
      const { type, targetPath } = await parsePool(await getPoolXml(connection, ref));
      const hasFolder = ['dir', 'fs', 'netfs'].includes(type);
      return hasFolder && targetPath !== undefined ? { pool: ref.name, path: targetPath } : undefined;
    }),
  );
  return pools.filter((pool) => pool !== undefined);
}

async function measure(
  node: ImageNode,
  { route, folder }: Asked,
  services: CommandServices,
): Promise<SpeedReport> {
  const { client, session } = route;
  const { pool, image } = node.image;
  const title = t('Speed of RBD in {0}, measured on {1}', pool, session.name);
  return withProgress({ title }, async (signal, report) => {
    const parts = folder === undefined ? 1 : 2;
    const within =
      (part: number) =>
      (progress: Progress): void => {
        report({ ...progress, fraction: (part + (progress.fraction ?? 0)) / parts });
      };
    try {
      const rbd = await withScratchImage(client, node.image, signal, (scratch) => {
        const target = { kind: 'image', image: scratch, access: client.access } as const;
        return measureSpeed(client.transport, target, { signal, report: within(0) });
      });
      const local =
        folder === undefined
          ? undefined
          : await withScratchFile(client.transport, folder, signal, (path) =>
              measureSpeed(client.transport, { kind: 'file', path }, { signal, report: within(1) }),
            );
      return {
        title,
        remarks: remarksOn(local),
        series: [
          { name: t('RBD, an image like {0}', `${pool}/${image}`), speeds: rbd.speeds },
          ...(local && folder !== undefined
            ? [{ name: t('{0} on {1}', folder, session.name), speeds: local.speeds }]
            : []),
        ],
      };
    } catch (error) {
      if (signal.aborted && !(error instanceof CancelledError)) showProblem(error, services.log);
      throw error;
    }
  });
}

function remarksOn(local: MeasuredSpeeds | undefined): readonly string[] {
  return [
    t(
      'qemu-img bench, cache=none, on scratch data of {0} that was removed afterwards: what a domain with cache="none" finds. Large requests: 4 at once; small ones: 16 at once.',
      formatBytes(scratchBytes),
    ),
    t('Other load on host and cluster counts as well; measure twice before concluding anything.'),
    ...(local?.isCached === true
      ? [
          t(
            'The folder knows no direct I/O (it may be in memory): its numbers are those of the host’s page cache.',
          ),
        ]
      : []),
  ];
}

function show(report: SpeedReport, { log }: CommandServices): void {
  const panel = vscode.window.createWebviewPanel('libvirt.speed', report.title, vscode.ViewColumn.Active);
  panel.webview.html = speedPage(report);
  const copy = t('Copy as Markdown');
  vscode.window.showInformationMessage(t('Measured: {0}', report.title), copy).then(
    async (choice) => {
      if (choice === copy) await vscode.env.clipboard.writeText(speedReportAsMarkdown(report));
    },
    (error: unknown) => {
      showProblem(error, log);
    },
  );
}
