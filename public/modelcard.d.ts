// Types of what the script tag adds to a page: the elements, their events, and
// the global `modelcard`.

export {};

declare global {
  /** The one global that the script adds. */
  const modelcard: Modelcard.Global;

  interface Window {
    modelcard: Modelcard.Global;
  }

  interface HTMLElementTagNameMap {
    'model-card': Modelcard.ModelCardElement;
    'model-compare': Modelcard.ModelCompareElement;
    'model-cost': Modelcard.ModelCostElement;
    'model-table': Modelcard.ModelTableElement;
    'model-price': Modelcard.ModelPriceElement;
  }

  interface HTMLElementEventMap {
    'modelcard-ready': CustomEvent<Modelcard.ReadyDetail>;
    'modelcard-error': CustomEvent<Modelcard.ErrorDetail>;
    'modelcard-change': CustomEvent<Modelcard.ChangeDetail>;
  }

  namespace Modelcard {
    interface Global {
      /** The version of the loaded build. */
      readonly version: string;
      /** The engine without any element; loads the WebAssembly when first called. */
      engine(): Promise<Engine>;
    }

    /** What all elements have. Properties mirror attributes; null removes one. */
    interface ModelcardElement extends HTMLElement {
      /** URLs separated by spaces, or a catalog itself. */
      catalog: string | object | null;
      loading: 'lazy' | 'eager' | null;
    }

    /** What the elements have that stand as blocks. */
    interface ModelcardBlockElement extends ModelcardElement {
      /** What costs are estimated for, as the attribute writes it. */
      workload: string | null;
      theme: 'auto' | 'light' | 'dark' | null;
      /** The key of the element's entry in the page's address; blank for its name. */
      share: string | null;
    }

    /** `<model-card>`. */
    interface ModelCardElement extends ModelcardBlockElement {
      /** The id of the model shown. The reader may go on to others; the attribute stays. */
      model: string | null;
      /** Names of sections, separated by spaces, in their order. */
      sections: string | null;
    }

    /** `<model-cost>`. */
    interface ModelCostElement extends ModelcardBlockElement {
      /** Ids of models or endpoints, separated by spaces. */
      models: string | null;
    }

    /** `<model-compare>`. */
    interface ModelCompareElement extends ModelcardBlockElement {
      /** Ids of models or endpoints, separated by spaces, as the reader has them now. */
      models: string | null;
    }

    /** `<model-table>`. */
    interface ModelTableElement extends ModelcardBlockElement {
      /** The part of the ids before the slash; null for the whole catalog. */
      author: string | null;
      /** Ids of the selected models, separated by spaces. */
      models: string | null;
    }

    /** `<model-price>`. */
    interface ModelPriceElement extends ModelcardElement {
      /** The id of a model or an endpoint. */
      model: string | null;
      /** The figure: an item of a rate card, `context_length` or `max_output`; null is `input`. */
      field: string | null;
    }

    interface CatalogOrigin {
      url: string | null;
      format: string;
      models: number;
      date: string | null;
    }

    /** `model` from elements about one model, `models` from those about several. */
    interface Subject {
      model?: string;
      models?: string[];
    }

    interface ReadyDetail extends Subject {
      catalogs: CatalogOrigin[];
    }

    interface ErrorDetail {
      code: string;
      message: string;
      url: string | null;
      retryable: boolean;
    }

    interface ChangeDetail extends Subject {
      reason: 'model' | 'models' | 'workload' | 'sort' | 'filter';
      workload?: string;
      sort?: string;
      filter?: string;
    }

    interface Engine {
      /**
       * Loads a catalog: a URL (resolved against the document), a catalog as an
       * object, or an array of these, of which the first wins for each model.
       * Rejects with an {@link EngineError}.
       */
      loadCatalog(source: string | object | (string | object)[]): Promise<Catalog>;
    }

    /** An error with a stable code. */
    interface EngineError extends Error {
      code: string;
      url?: string | null;
      retryable?: boolean;
    }

    interface Catalog {
      /** All models, in the shape of a compiled catalog (`catalog.schema.json`). */
      models(): Model[];
      /** By a model's id, an endpoint's id, or an alias. */
      model(id: string): Model | null;
      /** Throws an {@link EngineError} for an unknown model or inconsistent usage. */
      estimate(request: EstimateRequest): Bill;
      /** Throws an {@link EngineError} for an unknown criterion or filter. */
      rank(request: RankRequest): Ranking;
      problems(): Problem[];
    }

    /** A model as its catalog states it. */
    interface Model {
      id: string;
      name?: string;
      author?: string;
      [field: string]: unknown;
    }

    interface EstimateRequest {
      /** By a model's id, an endpoint's id, or an alias. */
      model: string;
      /** The id of one of the model's endpoints; else its list price counts. */
      endpoint?: string;
      /** An ISO date-time; now where absent. */
      at?: string | Date;
      /** `batch`, `flex` or `priority`. */
      service_tier?: string;
      usage: Usage;
    }

    /** Counts. A part is contained in its whole: cached tokens in input, reasoning in output. */
    interface Usage {
      input_tokens?: number;
      cache_read_tokens?: number;
      cache_write_tokens?: number;
      cache_write_1h_tokens?: number;
      input_audio_tokens?: number;
      cache_audio_read_tokens?: number;
      input_image_tokens?: number;
      input_video_tokens?: number;
      output_tokens?: number;
      output_reasoning_tokens?: number;
      output_audio_tokens?: number;
      output_image_tokens?: number;
      output_citation_tokens?: number;
      audio_seconds?: number;
      input_audio_seconds?: number;
      web_searches?: number;
      /** 1 where absent. */
      requests?: number;
    }

    interface Bill {
      /** A decimal; a lower bound where `incomplete`; null only where nothing is priced. */
      total: string | null;
      /** ISO 4217. */
      currency: string;
      /** Whether a part of the usage has no known price. */
      incomplete: boolean;
      lines: BillLine[];
      notes: { code: string; text: string }[];
    }

    interface BillLine {
      item: string;
      quantity: number;
      unit: string;
      /** A decimal, or `free`, `unknown`, `variable` or `included`. */
      rate: string;
      cost: string | null;
      condition: string | null;
      source: string | null;
      /** Whether the rate is that of what contains the item, which has none of its own. */
      assumed: boolean;
    }

    type Criterion = 'price' | 'speed' | 'ability' | 'context' | 'released' | 'reliability' | (string & {});

    type RankRequest = ({ by: Criterion } | { weights: Record<Criterion, number> }) & { filter?: Filter };

    interface Filter {
      author?: string;
      text?: string;
      input_modalities?: string[];
      output_modalities?: string[];
      supported_parameters?: string[];
      features?: string[];
      min_context?: number;
      /** Mean of input and output price, in dollars per 1M tokens. */
      max_price?: number | string;
      open_weights?: boolean;
      available?: boolean;
    }

    interface Ranking {
      /** The best first. */
      ranked: {
        id: string;
        /** 0–100. */
        score: number;
        parts: { criterion: string; value: number; position: number; weight: number }[];
      }[];
      /** Models without a place, and what they lack. */
      lacking: { id: string; missing: string[] }[];
    }

    interface Problem {
      severity: 'note' | 'warning' | 'error';
      code: string;
      path: string;
      effect: string;
      catalog: string | null;
    }
  }
}
