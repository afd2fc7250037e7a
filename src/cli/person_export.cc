#include "cli/person_export.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "io/file_writer.h"
#include "pipeline/person_document.h"

namespace renown::cli {
namespace {

Result<void> put(const std::string& path, const std::string& text) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  if (auto written = file->write(text); !written) return written;
  return file->commit();
}

}  // namespace

int export_person(pipeline::PeopleFolder& folder, const people::Person& person, const PeopleOptions& options) {
  pipeline::JsonText json;
  const auto rows = pipeline::write_person_document(json, folder, person, now());
  if (!rows) return report(rows.error());
  if (auto written = put(options.out_file, std::move(json).take()); !written) return report(written.error());
  const Terminal talk(stderr);
  talk.write(
      fmt::format("{} {} accounts and {} interactions of {}. Engagers stand in it by the names that their "
                  "networks show: it is for this person alone.\n",
                  talk.bold("Exported:"), person.accounts.size(), grouped(*rows), base::printable(person.name)));
  return kOk;
}

}  // namespace renown::cli
