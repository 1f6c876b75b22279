import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { programName } from '../commandLine.ts';
import { stdinName } from '../inputs.ts';
import type { Complaint } from '../lintDocument.ts';
import type { Report } from './report.ts';
import { describeCode } from './sarifRules.ts';

const levels = { error: 'error', warning: 'warning', information: 'note' } as const;
const homepage = 'https://github.com/libvirt-ceph/vscode-libvirt-ceph';

/** SARIF 2.1.0, what code hosts read. Files below the folder that it runs in are named relative to it. */
export function sarifReport(version: string, folder = process.cwd()): Report {
  let isFirst = true;
  const codes = new Set<string>();
  const result = (file: string, complaint: Complaint): string => {
    const separator = isFirst ? '\n' : ',\n';
    isFirst = false;
    codes.add(complaint.code);
    return separator + JSON.stringify(resultOf(file, complaint, folder));
  };
  return {
    start: () =>
      '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[',
    file: (file, complaints) => complaints.map((complaint) => result(file, complaint)).join(''),
    end: () => {
      const rules = [...codes].sort().map(describeCode);
      const driver = { name: programName, version, informationUri: homepage, rules };
      return `],\n"tool":${JSON.stringify({ driver })}}]}\n`;
    },
  };
}

function resultOf(file: string, complaint: Complaint, folder: string): object {
  const { line, col, endLine, endCol, severity, code, message } = complaint;
  const region = { startLine: line, startColumn: col, endLine, endColumn: endCol };
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifact(file, folder), region } }],
  };
}

function artifact(file: string, folder: string): object {
  if (file === stdinName) return { uri: 'stdin' };
  const path = relative(folder, resolve(folder, file));
  if (path.startsWith('..') || isAbsolute(path)) return { uri: pathToFileURL(resolve(folder, file)).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
