import { BATCH_CODE_LENGTH, groupCode } from '../../domain/batch-code/batch-code.ts';
import { designLabel, type Misfit } from '../../domain/label/design.ts';
import { labelAddress, symbolFor, type SymbolEncoder } from '../../domain/label/symbol.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import type { Fonts } from './fonts.ts';

type Deps = { readonly publicUrl: string; readonly encode: SymbolEncoder; readonly fonts: Fonts };

/** Why not even a short label with this installation's address fits on a paper; null where it does. */
export function smallestMisfit({
  publicUrl,
  encode,
  fonts,
}: Deps): (template: LabelTemplate) => Misfit | null {
  const code = groupCode('M'.repeat(BATCH_CODE_LENGTH));
  const content: LabelContent = { name: 'Chè', cooperative: 'HTX', lot: 'Số lô: 1', code };
  let symbolSize: number | undefined;
  return (template) => {
    symbolSize ??= symbolFor(labelAddress(publicUrl, '0'.repeat(BATCH_CODE_LENGTH)), encode).size;
    const design = designLabel({ template, content, symbolSize, typefaces: fonts.typefaces });
    return design.fits ? null : design.misfit;
  };
}
