// JupyterLab's settings, without the work that this page can do without while it starts.
//
// They are taken as the build has left them. JupyterLab has Ajv write, compile and run two programs
// for each of forty schemas, while the learner waits; all to find that nothing is wrong with what it
// comes with itself. Here the values are the schema's defaults, which is what Ajv would find. Only
// what somebody has changed is checked, by JupyterLab's own validator, made when it is first needed.
// The build (bptt_site/patches.py) has JupyterLab ask for this validator.
//
// And they are read once. JupyterLite reads the eighty settings of all extensions again, one by one,
// whenever one extension asks for its own.

class Validator {
  #make;
  #strict = null;

  constructor(make) {
    this.#make = make;
  }

  get strict() {
    this.#strict ??= this.#make();
    return this.#strict;
  }

  // As DefaultSchemaValidator: null, or a list of what is wrong.
  validateData(plugin, populate = true) {
    if (plugin.raw.trim() !== "{}") return this.strict.validateData(plugin, populate);
    if (populate) plugin.data = { composite: filled({}, plugin.schema, plugin.schema), user: {} };
    return null;
  }
}

const copied = (json) => JSON.parse(JSON.stringify(json));

// The value, with the defaults that its schema names for what it lacks; changed in place. As Ajv has
// it: a branch of a choice gives defaults only where it stands elsewhere and is referred to.
function filled(value, schema, root) {
  if (schema.$ref?.startsWith("#/")) {
    const at = schema.$ref.slice(2).split("/");
    return filled(value, at.reduce((inner, key) => inner[key], root), root);
  }
  for (const branch of [schema.oneOf, schema.anyOf, schema.allOf].flat()) {
    if (branch?.$ref) filled(value, branch, root);
  }
  if (Array.isArray(value)) {
    if (schema.items) for (const item of value) filled(item, schema.items, root);
  } else if (value !== null && typeof value === "object") {
    const known = schema.properties ?? {};
    for (const [name, inner] of Object.entries(known)) {
      if (!(name in value) && "default" in inner) value[name] = copied(inner.default);
    }
    for (const name of Object.keys(value)) {
      const inner = known[name] ?? schema.additionalProperties;
      if (inner && typeof inner === "object") filled(value[name], inner, root);
    }
  }
  return value;
}

export function takeSettings() {
  self.settingsValidator = (make) => new Validator(make);
}

export function readSettingsOnce(manager) {
  const { list, save, clear } = manager;
  let read = null;
  const readAll = () => {
    read ??= list.call(manager);
    read.catch(forget); // perhaps next time
    return read;
  };
  const forget = () => {
    read = null;
  };
  manager.list = async (query) => {
    const { ids, values } = await readAll();
    return { ids: [...ids], values: query ? [] : structuredClone(values) }; // theirs, to change
  };
  manager.fetch = async (id) => {
    const found = (await readAll()).values.find((setting) => setting.id === id);
    if (!found) throw new Error(`Setting ${id} not found`);
    return structuredClone(found);
  };
  manager.save = (...given) => save.apply(manager, given).finally(forget);
  manager.clear = () => clear.call(manager).finally(forget);
}
