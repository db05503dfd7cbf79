import { create } from 'qrcode';
import type { SymbolEncoder } from '../../domain/label/symbol.ts';

/** QR codes by the `qrcode` package, which mixes modes and scores all eight masks; nothing else imports it. */
export const encodeSymbol: SymbolEncoder = (text, level) => {
  const { modules, version } = create(text, { errorCorrectionLevel: level });
  return { size: modules.size, version, level, modules: Uint8Array.from(modules.data) };
};
