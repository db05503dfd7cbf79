import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { FileSize } from './files.ts';
import type { FileFormat } from './making.ts';
import { printoutName, type Printout } from './printout.ts';
import { runStrings } from './run-strings.ts';
import type { DownloadModel } from './run-view-model.ts';

export type FileSizes = ReadonlyMap<FileFormat, FileSize>;

/** The files that a page offers of a printout. A thermal printer takes its own language; a sheet any desktop printer. */
export const offeredFormats = ({ run }: Printout): readonly FileFormat[] => [
  'pdf',
  ...(run.template.kind === 'roll' ? (['zpl', 'tspl'] as const) : []),
  'csv',
  'zip-svg',
];

const UNKNOWN: FileSize = { bytes: null, isLarge: false };

/** `640 kB`, `12,4 MB`. */
function sizeWords(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), 'kB'] : [bytes / 1e6, 'MB'];
  const shown = value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${formatNumber(shown, language)}\u00A0${unit}`;
}

type Words = { readonly label: string; readonly about: string | null };

function wordsOf(format: FileFormat, language: Language): Words {
  const t = speak(runStrings, language);
  switch (format) {
    case 'pdf':
      return { label: t.pdf, about: null };
    case 'zpl':
      return { label: t.zpl, about: t.thermalAbout };
    case 'tspl':
      return { label: t.tspl, about: t.thermalAbout };
    case 'csv':
      return { label: t.csv, about: t.csvAbout };
    case 'zip-svg':
    case 'zip-png':
      return { label: t.zip, about: t.zipAbout };
    default:
      return format satisfies never;
  }
}

/** The files of a printout, the one that most people want first. */
export function downloadsOf(
  printout: Printout,
  sizes: FileSizes,
  language: Language,
): readonly DownloadModel[] {
  const t = speak(runStrings, language);
  const { run, reprint } = printout;
  const base = `/api/v1/print-runs/${run.id}${reprint === null ? '' : `/reprints/${reprint.number}`}/labels`;
  return offeredFormats(printout).map((format) => {
    const ending = format.replace(/-.*/, '');
    const { bytes, isLarge } = sizes.get(format) ?? UNKNOWN;
    const size = bytes === null ? null : sizeWords(bytes, language);
    const own = { href: `${base}.${ending}`, name: printoutName(printout, ending), size, isLarge };
    if (reprint === null) {
      return { ...own, ...wordsOf(format, language), main: format === 'pdf', short: false, unseen: null };
    }
    const unseen = t.reprintName({ number: formatNumber(reprint.number, language) });
    return { ...own, label: ending.toUpperCase(), about: null, main: false, short: true, unseen };
  });
}
