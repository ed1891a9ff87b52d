// Modelcard's loader: defines the custom elements at once, and fetches the
// WebAssembly behind them when the first one comes near the viewport.
//
// A classic script, because `document.currentScript` tells where its files lie
// even when a site generator has renamed it. Everything that can be done in Rust
// is done there; here is only what must exist before it.
(() => {
  'use strict';
  const version = '__VERSION__';
  // A heading with the id "modelcard" makes a global of that name, too.
  if (window.modelcard?.engine) {
    if (window.modelcard.version !== version) {
      console.warn(`modelcard: version ${window.modelcard.version} is already on this page; version ${version} is ignored.`);
    }
    return;
  }

  const script = document.currentScript;
  const base = new URL('.', script?.src || document.baseURI).href;
  const pageCatalog = script?.dataset.catalog;
  // A module that could not be loaded is remembered by its address: the next
  // attempt needs another one.
  const asset = (name, n = attempt) => `${base}${name}?v=${version}${n ? `&n=${n}` : ''}`;

  // The first sheet of every shadow root: enough to hold the place.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ':host{display:block}:host(model-price){display:inline}' +
    ':host([hidden]),[hidden]{display:none!important}' +
    '.fault{border:1px solid;border-radius:8px;padding:12px 16px;margin-block-end:12px}'
  );

  // What the browser's content security policy refused, to name it in faults.
  const refused = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    refused.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });

  // What every request keeps to itself.
  const quiet = { credentials: 'omit', referrerPolicy: 'no-referrer' };

  // Catalog requests under way, so that none waits for the WebAssembly.
  const responses = new Map();
  const request = (url) => {
    if (!responses.has(url)) {
      const response = fetch(url, { ...quiet, signal: AbortSignal.timeout(15000) });
      response.catch(() => {});
      responses.set(url, response);
    }
  };

  // What Rust asks of the page.
  const host = {
    base,
    response(url) {
      const response = responses.get(url);
      responses.delete(url);
      return response;
    },
    refused: (url) => refused.some((entry) => entry.startsWith('connect-src') && url.startsWith(entry.slice(12))),
    formats: () => formats ||= loadFormats(),
    // Lets the page have a turn.
    // (Not scheduler.yield(), after which this work would come before the page's own.)
    pause: () => new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    }),
  };

  const fault = (code, message) => Object.assign(new Error(message), { code, retryable: true });
  // Compiled while it arrives, and while the script beside it does.
  const fetchWasm = (name, n) => fetch(asset(name, n), quiet).then((response) => {
    if (!response.ok) throw fault('widget-not-found', `${base}${name} answered ${response.status}. Copy every file of the release beside the loader.`);
    // From a server that does not know the type, the script compiles what it has read.
    return response.headers.get('content-type') === 'application/wasm' ? WebAssembly.compileStreaming(response) : response;
  });

  let formats;
  let formatsAttempt = 0;
  const giveUpFormats = (error) => {
    formats = undefined;
    formatsAttempt += 1;
    throw error;
  };
  const loadFormats = async () => {
    try {
      const module = await import(asset('formats.js', formatsAttempt));
      await module.default({ module_or_path: fetchWasm('formats_bg.wasm', formatsAttempt) });
      return {
        // A catalog that is none is part of the answer; what is thrown is a trap.
        compile: (...request) => module.compile(...request, host.pause).catch(giveUpFormats),
      };
    } catch (error) {
      return giveUpFormats(error);
    }
  };

  let asked;
  let attempt = 0;
  let crashed;
  let runtime;
  const load = () => runtime ||= (async () => {
    const wasm = fetchWasm('widget_bg.wasm');
    wasm.catch(() => {});
    try {
      const module = await import(asset('widget.js'));
      await module.default({ module_or_path: wasm });
      module.start(host);
      return module;
    } catch (error) {
      runtime = undefined;
      attempt += 1;
      responses.clear();
      // The browser reports what its policy refused a moment after refusing it.
      await new Promise((done) => setTimeout(done, 50));
      const blocked = error instanceof WebAssembly.CompileError && refused.some((entry) => entry.endsWith('wasm-eval'));
      const cause = error.retryable ? error : blocked
        ? fault('widget-blocked', "The page's content security policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src.")
        : fault('widget-not-loaded', `The widget's files at ${base} could not be loaded (${error.name}). Check that they are there, and that the content security policy allows them.`);
      console.error(`modelcard: ${cause.message}`);
      throw cause;
    }
  })();

  const live = new Set();
  const failed = new Set();
  // A panic is a trap of ours, wherever the browser entered the module.
  const trapped = ({ error, reason = error }) => {
    // The address tells a trap of this instance from one of an instance given up,
    // whose timers and observers may still run.
    if (reason instanceof WebAssembly.RuntimeError && String(reason.stack).includes(asset('widget_bg.wasm'))) {
      crash(fault('widget-crashed', `The widget stopped at an error of its own (${reason.message}). Reload it, and report what led to this.`));
    }
  };
  addEventListener('error', trapped);
  addEventListener('unhandledrejection', trapped);
  const crash = (error) => {
    if (crashed) return;
    crashed = error;
    runtime = undefined;
    attempt += 1;
    console.error(`modelcard: ${error.message}`);
    for (const element of live) if (element._handle || element._starting) element._fail(error);
  };
  // After a panic the module is never entered again.
  const guard = (call) => {
    if (crashed) return undefined;
    try {
      return call();
    } catch (error) {
      trapped({ error });
      if (!crashed) throw error;
      return undefined;
    }
  };

  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) entry.target._start();
  }, { rootMargin: '200px' });

  // The height that each section of a card usually takes, in pixels: in a narrow,
  // a middling and a wide column. Until a card is drawn it keeps that place, so
  // that the page below does not jump.
  const heights = {
    header: [305, 226, 165], description: [379, 267, 269], summary: [429, 295, 297],
    specs: [335, 170, 172], features: [182, 113, 85], parameters: [809, 470, 270],
    pricing: [414, 374, 376], history: [296, 274, 276], estimate: [743, 496, 399],
    endpoints: [426, 320, 322], benchmarks: [430, 330, 332], siblings: [2438, 1540, 1541],
  };
  const words = (element, name) => (element.getAttribute(name) || '').split(/\s+/).filter(Boolean);
  const column = ({ clientWidth: width }) => width < 560 ? 0 : width < 820 ? 1 : 2;
  const cardHeight = (element) => {
    const names = words(element, 'sections').filter((name) => heights[name]);
    return (names.length ? names : Object.keys(heights))
      .reduce((sum, name) => sum + heights[name][column(element)] + 28, 32);
  };
  // The form, and for each model a row of the table and a line for its bill.
  const costHeight = (element) => [508, 328, 328][column(element)] + words(element, 'models').length * 70;

  // An element without a height stands within a line of text.
  const define = (tag, attributes, height) => {
    if (customElements.get(tag)) return;
    const make = () => document.createElement(height ? 'div' : 'span');
    class ModelcardElement extends HTMLElement {
      static observedAttributes = attributes;

      constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = [sheet];
        this._box = make();
        if (height) this._box.className = 'frame';
        const slot = document.createElement('slot');
        // In a sentence a dash is all the place there is for a fault.
        if (!height) slot.append(Object.assign(make(), { role: 'img', ariaLabel: 'not available', textContent: '—' }));
        this._box.append(slot, make());
        root.append(this._box);
        this.addEventListener('modelcard-ready', () => this._settle());
        this.addEventListener('modelcard-change', () => this._reserve(''));
        // A fault is short: only a place that the author has stated is kept for it.
        this.addEventListener('modelcard-error', () => {
          if (!getComputedStyle(this).getPropertyValue('--modelcard-min-height')) this._reserve('');
        });
        // Properties set before the element was defined.
        for (const name of ['catalog', ...attributes]) {
          if (Object.hasOwn(this, name)) {
            const value = this[name];
            delete this[name];
            this[name] = value;
          }
        }
      }

      connectedCallback() {
        live.add(this);
        if (this._handle || this._starting) return;
        if (height) this._reserve(height(this));
        if (this.getAttribute('loading') === 'eager' || this._isFirst()) this._start();
        else near.observe(this);
      }

      // The observer answers a frame later: a page's first element does not wait for
      // that. Only the first, since each answer here can cost a layout.
      _isFirst() {
        if (asked) return false;
        asked = true;
        const { top, bottom, width } = this.getBoundingClientRect();
        return width > 0 && bottom > 0 && top < innerHeight;
      }

      _reserve(pixels) {
        this._box.style.minBlockSize = pixels && `var(--modelcard-min-height, ${pixels}px)`;
      }

      // Drawn: the place is given up, unless what follows the card is in view and
      // would jump. After the paint, when asking for places costs nothing.
      _settle() {
        requestAnimationFrame(() => setTimeout(() => {
          const { bottom } = this._box.getBoundingClientRect();
          if (bottom < 0 || bottom > innerHeight) this._reserve('');
        }));
      }

      // Moving an element disconnects and connects it again: keep its state.
      disconnectedCallback() {
        setTimeout(() => {
          if (!this.isConnected) this._stop();
        });
      }

      connectedMoveCallback() {}

      attributeChangedCallback(name, before, value) {
        // The later of attribute and property counts.
        if (!live.has(this)) return;
        if (name === 'catalog') this._catalog = undefined;
        if (name === 'loading' && value === 'eager') this._start();
        if (this._handle) guard(() => this._handle.set_attribute(name, value === null ? undefined : value));
      }

      get catalog() {
        return this._catalog || this.getAttribute('catalog');
      }

      set catalog(value) {
        if (value && typeof value === 'object') {
          this._catalog = value;
          if (this._handle) guard(() => this._handle.set_catalog(value));
        } else {
          const had = this._catalog || this.hasAttribute('catalog');
          this._catalog = undefined;
          if (value) this.setAttribute('catalog', value);
          else if (this.hasAttribute('catalog')) this.removeAttribute('catalog');
          else if (had && this._handle) guard(() => this._handle.set_attribute('catalog', undefined));
        }
      }

      _urls() {
        if (this._catalog) return [];
        const own = this.getAttribute('catalog');
        const [list, from] = own ? [own, document.baseURI] : [pageCatalog || 'catalog.json', base];
        return list.trim().split(/\s+/).flatMap((url) => {
          try {
            return [new URL(url, from).href];
          } catch {
            return [url];
          }
        });
      }

      async _start() {
        if (this._handle || this._starting) return;
        this._starting = true;
        near.unobserve(this);
        if (crashed) {
          this._fail(crashed);
          return;
        }
        const first = !runtime;
        const loaded = load();
        if (first) this._urls().forEach(request);
        try {
          const module = await loaded;
          if (!this.isConnected || crashed) return;
          const [slot, mount] = this._box.children;
          mount.replaceChildren();
          this._handle = guard(() => new module.Handle(tag, this, this._box, slot, mount, pageCatalog || '', this._catalog));
        } catch (error) {
          this._fail(error);
        } finally {
          this._starting = false;
        }
      }

      _stop() {
        live.delete(this);
        failed.delete(this);
        near.unobserve(this);
        if (this._handle) {
          guard(() => this._handle.unmount());
          this._handle = undefined;
        }
      }

      // The one fault that Rust cannot show: that there is no Rust.
      _fail(error) {
        this._handle = undefined;
        this._starting = false;
        const [slot] = this._box.children;
        slot.hidden = false;
        const mount = make();
        const panel = make();
        panel.className = 'fault';
        panel.setAttribute('role', 'status');
        const retry = document.createElement('button');
        retry.type = 'button';
        retry.textContent = 'Reload widget';
        retry.addEventListener('click', () => {
          crashed = undefined;
          const again = [...failed];
          failed.clear();
          for (const element of again) element._start();
        });
        failed.add(this);
        const text = document.createElement('p');
        text.textContent = `${error.message} (${error.code})`;
        panel.append(text, retry);
        if (height) mount.append(panel);
        this._box.lastElementChild.replaceWith(mount);
        this.dispatchEvent(new CustomEvent('modelcard-error', {
          bubbles: true,
          composed: true,
          detail: { code: error.code, message: error.message, url: base, retryable: true },
        }));
      }
    }
    for (const name of attributes) {
      if (name === 'catalog' || name === 'lang') continue;
      Object.defineProperty(ModelcardElement.prototype, name, {
        configurable: true,
        enumerable: true,
        get() {
          const state = this._handle && guard(() => this._handle.property(name));
          return state === undefined ? this.getAttribute(name) : state;
        },
        set(value) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, value);
        },
      });
    }
    customElements.define(tag, ModelcardElement);
  };

  const shared = ['catalog', 'workload', 'theme', 'lang', 'loading', 'share'];
  window.modelcard = { version, engine: () => load().then((module) => module.engine()) };
  define('model-card', ['model', 'sections', ...shared], cardHeight);
  define('model-compare', ['models', ...shared], () => 1400);
  define('model-cost', ['models', ...shared], costHeight);
  define('model-table', ['author', 'models', ...shared], () => 860);
  define('model-price', ['model', 'field', 'catalog', 'lang', 'loading']);
})();
