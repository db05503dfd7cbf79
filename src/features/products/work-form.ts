import { parseGtin } from '../../domain/gs1/gtin.ts';
import { fieldMaker, foldedGroup, type FormState } from '../../platform/form-state.ts';
import type { FieldGroupModel, FieldModel, OptionModel } from '../../platform/form-view-model.ts';
import { inputFromForm } from '../../platform/form.ts';
import { speak, type Bilingual, type Language, type Spoken, type Text } from '../../platform/i18n.ts';
import { PRODUCT_TIERS, type Product } from './contract.ts';
import { SHELF_LIFE_DAYS_MAX } from './input.ts';
import { PRODUCT_FIELDS } from './rules.ts';
import { productFieldStrings } from './work-strings.ts';

type Choice = { readonly code: string; readonly name: Bilingual };

/** The code lists that a product's form offers. */
export type ProductChoices = {
  readonly categories: readonly (Choice & { readonly group: Bilingual })[];
  readonly keyProducts: readonly Choice[];
  readonly indications: readonly {
    readonly code: string;
    readonly name: string;
    readonly product: Bilingual;
  }[];
  readonly templates: readonly Choice[];
  readonly units: readonly (Choice & { readonly symbol: string })[];
};

type Words = Spoken<typeof productFieldStrings>;
type Field = ReturnType<typeof fieldMaker>;
type Making = {
  readonly t: Words;
  readonly field: Field;
  readonly language: Language;
  readonly choices: ProductChoices;
};

const option = (value: string, label: string, group?: string): OptionModel => ({
  value,
  label,
  selected: false,
  ...(group === undefined ? {} : { group }),
});

const options = (choices: readonly Choice[], language: Language): readonly OptionModel[] =>
  choices.map(({ code, name }) => option(code, name[language]));

function basics({ t, field, language, choices }: Making): FieldGroupModel {
  const tiers = { national: t.tierNational, regional: t.tierRegional, local: t.tierLocal };
  return {
    legend: t.basicsLegend,
    hint: null,
    fields: [
      field('name.vi', { label: t.name, hint: t.nameHint, required: true, maxlength: 200, wide: true }),
      field('category', {
        label: t.category,
        hint: t.categoryHint,
        kind: 'select',
        required: true,
        options: [
          option('', t.choose),
          ...choices.categories.map(({ code, name, group }) => option(code, name[language], group[language])),
        ],
      }),
      field('tier', {
        label: t.tier,
        kind: 'select',
        required: true,
        options: [option('', t.choose), ...PRODUCT_TIERS.map((tier) => option(tier, tiers[tier]))],
      }),
    ],
  };
}

const long = (label: string, most: number, rows = 3) =>
  ({ label, kind: 'textarea', maxlength: most, rows }) as const;

function onLabel({ t, field, language, choices }: Making): FieldGroupModel {
  return {
    legend: t.labelLegend,
    hint: t.labelHint,
    fields: [
      field('netContent.value', { label: t.netContentValue, inputmode: 'decimal', maxlength: 20 }),
      field('netContent.unit', {
        label: t.netContentUnit,
        kind: 'select',
        options: [
          option('', t.choose),
          ...choices.units.map(({ code, name, symbol }) =>
            option(code, symbol === name[language] ? symbol : `${name[language]} (${symbol})`),
          ),
        ],
      }),
      field('shelfLifeDays', {
        label: t.shelfLifeDays,
        hint: t.shelfLifeHint,
        inputmode: 'numeric',
        maxlength: String(SHELF_LIFE_DAYS_MAX).length + 1,
        suffix: t.days,
      }),
      field('ingredients.vi', long(t.ingredients, 2_000)),
      field('usage.vi', long(t.usage, 1_000)),
      field('storage.vi', long(t.storage, 1_000)),
      field('warnings.vi', long(t.warnings, 1_000)),
    ],
  };
}

function brandAndCodes({ t, field }: Making): FieldGroupModel {
  const gtin = field('gtin', { label: t.gtin, hint: t.gtinHint, inputmode: 'numeric', maxlength: 20 });
  const restricted = parseGtin(gtin.value)?.restricted === true;
  return {
    legend: t.brandLegend,
    hint: null,
    fields: [
      field('brand', { label: t.brand, maxlength: 120 }),
      restricted ? { ...gtin, hint: t.gtinRestricted } : gtin,
      field('standards', { ...long(t.standards, 2_500), hint: t.standardsHint }),
    ],
  };
}

function ocop({ t, field }: Making): FieldGroupModel {
  const stars = ['3', '4', '5'].map((count) => option(count, t.stars({ stars: count })));
  return {
    legend: t.ocopLegend,
    hint: t.ocopHint,
    fields: [
      field('ocop.stars', {
        label: t.ocopStars,
        kind: 'select',
        options: [option('', t.ocopNone), ...stars],
      }),
      field('ocop.decision', { label: t.ocopDecision, maxlength: 120 }),
      field('ocop.issuedOn', { label: t.ocopIssuedOn, kind: 'date' }),
      field('ocop.expiresOn', { label: t.ocopExpiresOn, kind: 'date' }),
    ],
  };
}

function chain({ t, field, language, choices }: Making): FieldGroupModel {
  const select = (name: string, label: string, offered: readonly OptionModel[]): FieldModel =>
    field(name, { label, kind: 'select', options: offered });
  return {
    legend: t.chainLegend,
    hint: null,
    fields: [
      field('valueChain', {
        label: t.valueChain,
        hint: t.valueChainHint,
        kind: 'select',
        options: [option('', t.valueChainDefault), ...options(choices.templates, language)],
      }),
      select('nationalKeyProduct', t.nationalKeyProduct, [
        option('', t.none),
        ...options(choices.keyProducts, language),
      ]),
      select('geographicalIndication', t.geographicalIndication, [
        option('', t.none),
        ...choices.indications.map(({ code, name, product }) =>
          option(code, `${name}: ${product[language]}`),
        ),
      ]),
    ],
  };
}

function story({ t, field }: Making): FieldGroupModel {
  return {
    legend: t.storyLegend,
    hint: null,
    fields: [field('description.vi', { ...long(t.description, 3_000, 5), hint: t.descriptionHint })],
  };
}

function english({ t, field }: Making): FieldGroupModel {
  return {
    legend: t.englishLegend,
    hint: t.englishHint,
    fields: [
      field('name.en', { label: t.nameEn, maxlength: 200, wide: true }),
      field('ingredients.en', long(t.ingredientsEn, 2_000)),
      field('usage.en', long(t.usageEn, 1_000)),
      field('storage.en', long(t.storageEn, 1_000)),
      field('warnings.en', long(t.warningsEn, 1_000)),
      field('description.en', long(t.descriptionEn, 3_000, 5)),
    ],
  };
}

/**
 * The groups of a product's form. For a new product only what is needed stands open; for one that is there, what
 * links from elsewhere lead to stands open too.
 */
export function productFieldGroups(
  state: FormState,
  language: Language,
  { choices, isNew }: { readonly choices: ProductChoices; readonly isNew: boolean },
): readonly FieldGroupModel[] {
  const making: Making = {
    t: speak(productFieldStrings, language),
    field: fieldMaker(state),
    language,
    choices,
  };
  const later = isNew ? foldedGroup : (group: FieldGroupModel) => group;
  return [
    basics(making),
    later(onLabel(making)),
    later(brandAndCodes(making)),
    later(ocop(making)),
    foldedGroup(chain(making)),
    foldedGroup(story(making)),
    foldedGroup(english(making)),
  ];
}

const NUMBERS = ['netContent.value', 'shelfLifeDays', 'ocop.stars', 'version'];

/** What a product's form says, as the API takes it; a field left empty is absent. */
export function productFromForm(body: unknown, language: Language): Record<string, unknown> {
  // A product without any name lacks the Vietnamese one: so the mistake stands beside that field.
  const read: Record<string, unknown> = inputFromForm(body, language, { numbers: NUMBERS });
  const { standards, ...input }: Record<string, unknown> = { name: {}, ...read };
  const lines = typeof standards === 'string' ? standards.split('\n').map((line) => line.trim()) : [];
  const named = lines.filter((line) => line !== '');
  return named.length === 0 ? input : { ...input, standards: named };
}

const REQUIRED: ReadonlySet<string> = new Set(['name', 'tier', 'category', 'photos']);

/** A form shows every field, so what it leaves empty is to be taken away. */
export function changeFromForm(body: unknown, language: Language): Record<string, unknown> {
  const input = productFromForm(body, language);
  const empty = PRODUCT_FIELDS.filter((field) => !REQUIRED.has(field) && !Object.hasOwn(input, field));
  return { ...input, ...Object.fromEntries(empty.map((field) => [field, null])) };
}

const inText = (name: string, text: Text | undefined) => ({
  [`${name}.vi`]: text?.vi ?? '',
  [`${name}.en`]: text?.en ?? '',
});

/** What the form of a product shows before anything is typed; numbers as the language writes them. */
export function formValues(product: Product, language: Language): Readonly<Record<string, string>> {
  const { ocop: rank, netContent } = product;
  const value = netContent === undefined ? '' : String(netContent.value);
  return {
    ...inText('name', product.name),
    ...inText('description', product.description),
    ...inText('ingredients', product.ingredients),
    ...inText('usage', product.usage),
    ...inText('storage', product.storage),
    ...inText('warnings', product.warnings),
    tier: product.tier,
    category: product.category,
    nationalKeyProduct: product.nationalKeyProduct ?? '',
    geographicalIndication: product.geographicalIndication ?? '',
    valueChain: product.valueChain ?? '',
    gtin: product.gtin ?? '',
    brand: product.brand ?? '',
    standards: product.standards.join('\n'),
    shelfLifeDays: product.shelfLifeDays === undefined ? '' : String(product.shelfLifeDays),
    'netContent.value': language === 'vi' ? value.replace('.', ',') : value,
    'netContent.unit': netContent?.unit ?? '',
    'ocop.stars': rank === undefined ? '' : String(rank.stars),
    'ocop.decision': rank?.decision ?? '',
    'ocop.issuedOn': rank?.issuedOn ?? '',
    'ocop.expiresOn': rank?.expiresOn ?? '',
  };
}
