import { READERS, requireRole, type Actor } from '../../platform/access.ts';
import { formatDay } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import { LIST_LIMIT_MAX } from '../../platform/list-page.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import { Problem } from '../../platform/problem.ts';
import type { Batch, Batches, Measures } from '../batches/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import { accountModel, amountOf, type BatchAccount } from './account.ts';
import { both, type CirculationReader } from './circulation.ts';
import { runsStrings } from './runs-strings.ts';
import type { PrintRunStore } from './store.ts';

export type AccountDeps = {
  readonly organizations: Organizations;
  readonly products: Products;
  readonly batches: Batches;
  readonly measures: Measures;
  readonly circulation: CirculationReader;
  readonly store: Pick<PrintRunStore, 'reasonsOf'>;
};

/** Batches in one table, the newest. */
export const ACCOUNT_ROWS_MAX = 5_000;

type Named = BatchAccount & { readonly product: Product | null };

/** Accounts of batches: labels against packs, on pages and as a table. */
export function labelAccounts(deps: AccountDeps) {
  const { batches, products, circulation, measures } = deps;

  async function accountsOf(found: readonly Batch[]): Promise<readonly Named[]> {
    const [balances, known, reasons] = await Promise.all([
      circulation.balances(found),
      products.byIds(found.map(({ productId }) => productId)),
      deps.store.reasonsOf(found.map(({ id }) => id)),
    ]);
    return found.flatMap((batch) => {
      const balance = balances.get(batch.id);
      const product = known.get(batch.productId) ?? null;
      return balance === undefined ? [] : [{ batch, product, balance, reasons: reasons.get(batch.id) ?? [] }];
    });
  }

  /** One batch, or the cooperative's newest. @throws Problem `not-found` for another's batch */
  async function asked(cooperativeId: string, batchId: string | undefined): Promise<readonly Batch[]> {
    if (batchId !== undefined) {
      const batch = await batches.byId(batchId);
      if (batch?.cooperativeId !== cooperativeId) throw new Problem('not-found');
      return [batch];
    }
    const all: Batch[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await batches.ofCooperative(cooperativeId, { limit: LIST_LIMIT_MAX, cursor });
      all.push(...items);
      cursor = next ?? undefined;
    } while (cursor !== undefined && all.length < ACCOUNT_ROWS_MAX);
    return all.slice(0, ACCOUNT_ROWS_MAX);
  }

  function rowOf(account: Named, language: Language): readonly (string | number)[] {
    const { batch, product, balance, reasons } = account;
    const out = both(balance.inCirculation);
    return [
      batch.lotNumber,
      product === null ? '' : inLanguage(product.name, language),
      formatDay(new Date(`${batch.producedOn}T00:00:00Z`)),
      batch.quantity.value,
      batch.quantity.unit,
      balance.packs ?? '',
      both(balance.printed),
      both(balance.voided),
      out,
      balance.left ?? '',
      amountOf(out, account, measures)?.value ?? '',
      reasons.join('; '),
    ];
  }

  return {
    /** A batch's account as a page shows it. */
    async modelOf(batch: Batch, language: Language): Promise<ComparisonModel> {
      const [account] = await accountsOf([batch]);
      if (account === undefined) throw new Error(`Batch ${batch.id} has no account`);
      return accountModel(account, measures, language);
    },

    /** A row for each batch under a row of names. @throws Problem `not-found`, `not-allowed` */
    async table(
      cooperativeId: string,
      { batch, actor, language }: { batch?: string | undefined; actor: Actor | null; language: Language },
    ): Promise<readonly (readonly (string | number)[])[]> {
      const cooperative = await deps.organizations.byId(cooperativeId);
      if (cooperative === null) throw new Problem('not-found');
      requireRole(actor, cooperative, READERS);
      const accounts = await accountsOf(await asked(cooperativeId, batch));
      const t = speak(runsStrings, language);
      return [t.accountColumns.split('|'), ...accounts.map((account) => rowOf(account, language))];
    },
  };
}

export type LabelAccounts = ReturnType<typeof labelAccounts>;
