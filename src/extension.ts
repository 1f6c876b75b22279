import * as vscode from 'vscode';
import { useTranslations } from './base/l10n.ts';
import { HostRegistry } from './hosts/hostRegistry.ts';
import { ClusterRouteChoices } from './ui/clusterRouteChoices.ts';
import { ClustersOfHosts } from './ui/clustersOfHosts.ts';
import { DoctorReports } from './ui/doctor/doctorReports.ts';
import { FoundProblems } from './ui/doctor/foundProblems.ts';
import { DocumentChanges } from './ui/documents/documentChanges.ts';
import { LibvirtFileSystem } from './ui/documents/libvirtFileSystem.ts';
import { LiveDocuments } from './ui/documents/liveDifference.ts';
import { ServerFaults } from './ui/documents/serverFaults.ts';
import { ConnectionView } from './ui/explorer/connectionView.ts';
import { Decorations } from './ui/explorer/decorations.ts';
import { refreshWhileShown } from './ui/explorer/clusterRefresh.ts';
import { refreshOnFocus } from './ui/explorer/focusRefresh.ts';
import { Explorer } from './ui/explorer/explorer.ts';
import { Favourites } from './ui/explorer/favourites.ts';
import { TreeOptions } from './ui/explorer/treeOptions.ts';
import { LanguageSupport } from './ui/language/languageSupport.ts';
import { setLanguages } from './ui/language/libvirtDocuments.ts';
import { openTransport } from './ui/openTransport.ts';
import { PlanDocuments } from './ui/plans/planDocuments.ts';
import { registerCommands } from './ui/registerCommands.ts';
import { affectsHosts, readAutoReconnect, readHosts } from './ui/settings/hostSettings.ts';

/** Makes the parts and connects them; nothing is reached and nothing heavy is loaded before it is needed. */
export function activate(context: vscode.ExtensionContext): void {
  useTranslations(vscode.l10n.bundle);
  const log = vscode.window.createOutputChannel('Libvirt & Ceph', { log: true });
  const registry = new HostRegistry({
    log,
    openTransport: (request) => openTransport(request, log),
    autoReconnect: readAutoReconnect,
  });
  const readSettings = (): void => {
    registry.apply(readHosts());
    void vscode.commands.executeCommand('setContext', 'libvirt.hasHosts', registry.sessions.length > 0);
  };
  readSettings();

  const clusters = new ClustersOfHosts(registry, log, new ClusterRouteChoices(context.globalState));
  const explorer = new Explorer(registry, clusters, new TreeOptions(context), new Favourites(context));
  const connectionView = new ConnectionView(registry, explorer);
  const faults = new ServerFaults();
  const files = new LibvirtFileSystem(registry, { faults, log });
  const language = new LanguageSupport({
    context,
    registry,
    clusters,
    currentHost: () => explorer.currentHost,
    log,
  });
  const plans = new PlanDocuments();
  const doctor = { reports: new DoctorReports(), found: new FoundProblems() };
  context.subscriptions.push(
    plans,
    doctor.reports,
    doctor.found,
    log,
    registry,
    clusters,
    explorer,
    connectionView,
    new Decorations(registry, doctor.found),
    refreshOnFocus(registry, clusters),
    refreshWhileShown(clusters, explorer),
    faults,
    files,
    new LiveDocuments(registry),
    new DocumentChanges(registry, files),
    setLanguages(),
    language,
    registerCommands(context.extension, {
      registry,
      clusters,
      explorer,
      connectionView,
      language,
      files,
      plans,
      doctor,
      log,
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsHosts(event)) readSettings();
    }),
  );
}
