// The editor's words come with the page, in the officer's language, as JSON in the textarea's
// `data-words`; app/editorial/editor_words.py makes them and is the list of the keys. In this
// folder no sentence stands in a script, so a new one is a line over there and its translations.
//
// A value is a sentence, or for what is counted an object of plural forms by CLDR category
// ({"one": "%(n)s word", "other": "%(n)s words"}). Placeholders are written %(name)s.
//
// Keys:
//   toolbar, heading, subheading, bold, italic, superscript, subscript, bullets, numbers, quote,
//   link, table, picture, undo, redo, shift (the key's name), keys (how to reach the buttons)
//   list_tools, indent, outdent
//   table_tools, header_row, row_before, row_after, row_delete, column_before, column_after,
//   column_delete, cells_merge, cells_split, table_delete, table_caption
//   link_tools, link_text, link_address, link_address_hint, link_language, link_language_none,
//   link_add, link_change, link_remove, link_wrong, link_text_missing, cancel
//   languages (a list of [code, own name])
//   picture_tools, picture_choose, picture_loading, picture_none, picture_failed, picture_again,
//   picture_alt, picture_alt_hint, picture_decorative, picture_caption, picture_insert,
//   picture_delete, picture_missing, picture_alt_missing
//   paste_done, paste_removed, styles (counted), images (counted), paste_tracked_comments,
//   paste_tracked, paste_comments, paste_undo, paste_undone, paste_file
//   words (counted)

/** Put `values` in a sentence's %(name)s places. */
export function fill(sentence, values = {}) {
  return sentence.replace(/%\((\w+)\)s/g, (place, name) => String(values[name] ?? place));
}

export class Words {
  /** `words`: the object that the page sent; `language`: the language that it is in. */
  constructor(words, language) {
    this.words = words;
    this.plural = new Intl.PluralRules(language);
    this.number = new Intl.NumberFormat(language);
  }

  /** The sentence `key` with its places filled. */
  say(key, values) {
    return fill(this.words[key], values);
  }

  /** The form of `key` for the number `n`, with the number in it. */
  count(key, n) {
    const forms = this.words[key];
    return fill(forms[this.plural.select(n)] ?? forms.other, { n: this.number.format(n) });
  }

  /** The list of [code, own name] of languages that a link's target may be in. */
  get languages() {
    return this.words.languages;
  }
}
