#include <entente/scenario/merge.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/values.hpp>

namespace entente {
namespace {

bool overrides(const Node& node, Problems& problems) {
    const Node* key = node.is_map() ? node.find("override") : nullptr;
    return key && read_truth(*key, "override", problems).value_or(true);
}

NodePtr without_override(const NodePtr& node) {
    if (!node->is_map() || !node->find("override")) return node;
    auto copy = std::make_shared<Node>(*node);
    std::erase_if(copy->entries, [](const Entry& entry) { return entry.key.value == "override"; });
    return copy;
}

std::vector<Entry> as_entries(const NodePtr& node, std::string_view shorthand) {
    return node->is_scalar() ? std::vector{Entry{Text{std::string(shorthand), node->place, {}}, node}} : node->entries;
}

/// What an override does to what stands there already.
enum class Override { replaces_all, replaces_keys };

struct Leaf {
    std::string_view what;  ///< "parameter"
    Override override;
    std::string_view shorthand;  ///< the key that a bare value stands for
};

class Merger {
public:
    Merger(const Sources& sources, Problems& problems, Merged& merged) : sources_(sources), problems_(problems), merged_(merged) {}

    void add(const Node& document) {
        const Mapping checked(document, Section::top, problems_);
        for (const Entry& entry : document.entries) add_section(entry);
    }

private:
    void add_section(const Entry& entry) {
        const std::string& key = entry.key.value;
        const Node& node = *entry.value;
        if (key == "entente")
            check_version(node);
        else if (key == "title" || key == "about" || key == "calendar" || key == "runs" || key == "headline")
            merged_.plain[key] = entry.value;
        else if (key == "authors")
            append(entry, merged_.authors);
        else if (key == "references")
            append(entry, merged_.references);
        else if (key == "timeline")
            append(entry, merged_.timeline);
        else if (key == "record")
            append(entry, merged_.record);
        else if (key == "steps")
            add_steps(entry);
        else if (key == "parameters")
            add_named(entry, merged_.parameters, {"parameter", Override::replaces_keys, "value"});
        else if (key == "inputs")
            add_named(entry, merged_.inputs, {"input", Override::replaces_keys, "table"});
        else if (key == "measures")
            add_named(entry, merged_.measures, {"measure", Override::replaces_keys, "value"});
        else if (key == "observed")
            add_named(entry, merged_.observed, {"record", Override::replaces_keys, "value"});
        else if (key == "variants")
            add_named(entry, merged_.variants, {"variant", Override::replaces_all, ""});
        else if (key == "agents")
            add_kinds(entry, merged_.agents, Section::agent_kind);
        else if (key == "links")
            add_kinds(entry, merged_.links, Section::link_kind);
    }

    void check_version(const Node& node) {
        const auto version = read_number(node, "entente", problems_);
        if (version && *version != 1)
            problems_.error(node.place, fmt::format("this program reads format version 1, not {}", shown(*version)), "write `entente: 1`");
    }

    bool is_list(const Entry& entry) {
        if (!entry.value->is_list()) wrong_type(*entry.value, entry.key.value, "a list", problems_, "begin each item with '- '");
        return entry.value->is_list();
    }
    bool is_map(const Entry& entry, std::string help) {
        if (!entry.value->is_map()) wrong_type(*entry.value, entry.key.value, "a mapping", problems_, std::move(help));
        return entry.value->is_map();
    }

    void append(const Entry& entry, std::vector<NodePtr>& list) {
        if (is_list(entry)) list.insert(list.end(), entry.value->items.begin(), entry.value->items.end());
    }

    void add_named(const Entry& section, Named& named, const Leaf& leaf) {
        if (!is_map(section, fmt::format("write the name of each {} with what it is below it", leaf.what))) return;
        for (const Entry& entry : section.value->entries)
            add_leaf({entry.key, leaf.what == "measure" || leaf.what == "input" || leaf.what == "record" ? with_key_on(entry.value) : entry.value}, named, leaf);
    }

    void add_leaf(const Entry& entry, Named& named, const Leaf& leaf) {
        const Entry* earlier = named.find(entry.key.value);
        const bool is_override = overrides(*entry.value, problems_);
        NodePtr value = without_override(entry.value);
        if (!earlier && is_override) {
            std::vector<std::string> names;
            for (const Entry& known : named.entries()) names.push_back(known.key.value);
            problems_.error(entry.key.place, fmt::format("there is no {} '{}' yet to override", leaf.what, entry.key.value),
                            did_you_mean(entry.key.value, names, "remove `override`, or `use` the file that defines it"));
        } else if (earlier && !is_override) {
            return twice(entry, *earlier, leaf);
        } else if (earlier && leaf.override == Override::replaces_keys) {
            value = with_keys_of(value, earlier->value, leaf.shorthand);
        }
        named.put(entry.key, std::move(value));
    }

    void twice(const Entry& entry, const Entry& earlier, const Leaf& leaf) {
        const Place& first = earlier.key.place;
        const bool same_file = first.file == entry.key.place.file;
        std::string help = "give it another name";
        if (!same_file && entry.value->is_map())
            help = "to change the first, write `override: yes` beside the new keys";
        else if (!same_file && !leaf.shorthand.empty())
            help = fmt::format("to change the first, write {{{}: …, override: yes}}", leaf.shorthand);
        else if (leaf.what == "member")
            help = "keep one of them";
        else if (leaf.what == "step")
            help = "a step's name keys its random draws: give it another name";
        problems_.error(
            entry.key.place,
            fmt::format("{} '{}' is already defined on {}", leaf.what, entry.key.value, line_of(first, entry.key.place, sources_)),
            std::move(help));
    }

    void add_steps(const Entry& section) {
        if (!is_list(section)) return;
        for (const NodePtr& item : section.value->items) {
            const Node* rule = item->is_map() ? item->find("rule") : nullptr;
            const Node* event = item->is_map() ? item->find("event") : nullptr;
            if (!rule && !event) {
                problems_.error(item->place, "a step is neither a rule nor an event",
                                "begin it with `rule: its name` or `event: its_name`");
            } else if (rule && event) {
                problems_.error(event->place, "a step is a rule or an event, not both", "begin a step of its own with '- '");
            } else if (const auto name = read_text(rule ? *rule : *event, rule ? "rule" : "event", problems_)) {
                add_leaf({*name, with_key_on(item)}, merged_.steps, {"step", Override::replaces_all, ""});
            }
        }
    }

    void add_kinds(const Entry& section, std::vector<MergedKind>& kinds, Section kind_section) {
        if (!is_map(section, "write each kind's name with its keys below it")) return;
        for (const Entry& entry : section.value->entries) {
            auto known =
                std::find_if(kinds.begin(), kinds.end(), [&](const MergedKind& kind) { return kind.name.value == entry.key.value; });
            if (known == kinds.end()) {
                kinds.push_back({entry.key, {}, {}, {}, {}, false, false, false});
                known = kinds.end() - 1;
            }
            if (is_map(entry, "write its fields, members and so on below it"))
                add_kind(*entry.value, *known, kind_section);
            else
                known->is_broken = true;
        }
    }

    void add_kind(const Node& node, MergedKind& kind, Section section) {
        for (const Entry& entry : node.entries) {
            const std::string& key = entry.key.value;
            const auto known = keys_of(section);
            if (std::none_of(known.begin(), known.end(), [&](const KeyEntry& k) { return k.key == key; })) {
                unknown_key(entry.key, section, problems_);
                kind.is_misspelt = true;
            } else if (key == "fields")
                add_named(entry, kind.fields, {"field", Override::replaces_keys, "start"});
            else if (key == "derived")
                add_named(entry, kind.derived, {"derived field", Override::replaces_keys, "value"});
            else if (key == "members")
                add_members(*entry.value, kind, section);
            else if (key != "about" && kind.keys.find(key))
                twice(entry, *kind.keys.find(key), {"the key", Override::replaces_all, ""});
            else
                kind.keys.put(entry.key, entry.value);
        }
    }

    void add_members(const Node& node, MergedKind& kind, Section section) {
        kind.has_members = true;
        for (const Entry& entry : members_of(node, section, problems_)) add_leaf(entry, kind.members, {"member", Override::replaces_keys, ""});
    }

    const Sources& sources_;
    Problems& problems_;
    Merged& merged_;
};

/// Reads a file and, before it, those that it uses; each once.
class UseReader {
public:
    UseReader(Files& files, Merged& merged) : files_(files), merged_(merged), merger_(files.sources(), files.problems(), merged) {}

    void read(int file) {
        done_.insert(files_.real(file));
        chain_.push_back(file);
        if (const NodePtr document = parse_document(file, files_.sources(), files_.problems())) {
            if (const Node* use = document->find("use")) read_used(*use);
            merger_.add(*document);
        } else {
            merged_.is_whole = false;
        }
        chain_.pop_back();
    }

private:
    void read_used(const Node& use) {
        if (use.is_scalar()) return read_one(use.text);
        if (!use.is_list()) return wrong_type(use, "use", "a list of files", files_.problems());
        for (const NodePtr& item : use.items)
            if (const auto path = read_text(*item, "use", files_.problems())) read_one(*path);
    }

    void read_one(const Text& path) {
        const auto found = files_.find(path);
        if (!found) {
            merged_.is_whole = false;
            return;
        }
        const auto open = std::find_if(chain_.begin(), chain_.end(), [&](int file) { return files_.real(file) == found->real; });
        if (open != chain_.end()) return say_cycle(path, open - chain_.begin());
        if (done_.contains(found->real)) return;
        if (const auto file = files_.open(*found, path, largest_file))
            read(*file);
        else
            merged_.is_whole = false;
    }

    void say_cycle(const Text& path, std::ptrdiff_t from) {
        merged_.is_whole = false;
        std::string chain;
        for (auto file = chain_.begin() + from; file != chain_.end(); ++file) chain += files_.sources().path(*file) + " uses ";
        chain += files_.sources().path(chain_[static_cast<std::size_t>(from)]);
        files_.problems().error(path.place, "files use each other in a cycle: " + chain, "move what both need into a third file");
    }

    Files& files_;
    Merged& merged_;
    Merger merger_;
    std::vector<int> chain_;
    std::set<std::filesystem::path> done_;
};

}  // namespace

const Entry* Named::find(std::string_view name) const {
    const auto found = index_.find(std::string(name));
    return found == index_.end() ? nullptr : &entries_[found->second];
}

void Named::put(Text name, NodePtr value) {
    const auto [found, is_new] = index_.try_emplace(name.value, entries_.size());
    if (is_new)
        entries_.push_back({std::move(name), std::move(value)});
    else
        entries_[found->second] = {std::move(name), std::move(value)};
}

std::vector<Entry> members_of(const Node& node, Section section, Problems& problems) {
    std::vector<Entry> members;
    const bool are_links = section == Section::link_kind;
    const auto add = [&](const Text& name, const NodePtr& starts) {
        if (starts->is_null() || starts->is_map())
            members.push_back({name, starts});
        else if (are_links && starts->is_scalar() && is_identifier(name.value) && is_identifier(starts->text.value))
            problems.error(name.place, fmt::format("'{}: {}' is not a link", name.value, starts->text.value),
                           fmt::format("write {} -> {}", name.value, starts->text.value));
        else
            wrong_type(*starts, name.value, "a mapping of fields to starts", problems,
                       fmt::format("write {}: {{field: {}}}", name.value, starts->is_scalar() ? starts->text.value : "…"));
    };
    if (node.is_map()) {
        for (const Entry& entry : node.entries) add(entry.key, entry.value);
    } else if (node.is_list()) {
        for (const NodePtr& item : node.items) {
            if (item->is_scalar())
                add(item->text, std::make_shared<Node>());
            else if (item->is_map() && item->entries.size() == 1)
                add(item->entries[0].key, item->entries[0].value);
            else
                wrong_type(*item, "members", "names, each alone or with its starts", problems, "write `- name` or `- name: {field: 1}`");
        }
    } else {
        wrong_type(node, "members", "a list of names, or a mapping of names to starts", problems);
    }
    return members;
}

NodePtr with_keys_of(const NodePtr& later, const NodePtr& earlier, std::string_view shorthand) {
    auto merged = std::make_shared<Node>(later->is_scalar() ? *earlier : *later);
    merged->entries = as_entries(earlier, shorthand);
    for (const Entry& entry : as_entries(later, shorthand)) {
        const auto same = std::ranges::find_if(merged->entries, [&](const Entry& e) { return e.key.value == entry.key.value; });
        if (same == merged->entries.end())
            merged->entries.push_back(entry);
        else
            *same = entry;
    }
    return merged;
}

Merged read_and_merge(Files& files, int file) {
    Merged merged;
    merged.place = {file, 0, 0, 1};
    UseReader(files, merged).read(file);
    return merged;
}

}  // namespace entente
