import { speak, type Language } from '../../platform/i18n.ts';
import type { CodeBoxModel } from '../../platform/view-parts.ts';
import { verificationStrings } from './strings.ts';

export { CODES_MAX } from './input.ts';

/** The box for typing a label's code; it leads to `/verify?code=`. */
export function codeBox(language: Language, value = '', error: string | null = null): CodeBoxModel {
  const t = speak(verificationStrings, language);
  return { action: '/verify', label: t.codeLabel, hint: t.codeHint, button: t.codeButton, value, error };
}
