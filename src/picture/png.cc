#include "picture/png.h"

#include <memory>

#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include "base/freed_by.h"

namespace renown::picture {
namespace {

constexpr int kMostPixels = 4096;

using Handle = std::unique_ptr<RsvgHandle, base::FreedBy<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, base::FreedBy<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, base::FreedBy<cairo_destroy>>;
using Problem = std::unique_ptr<GError, base::FreedBy<g_error_free>>;

Error failed(ErrorCode code, const char* what, GError* problem) {
  const Problem owned(problem);
  return {code, fmt::format("a picture cannot be {}: {}", what, owned ? owned->message : "out of memory")};
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::string> png_of(std::string_view svg, int width, int height) {
  if (width < 1 || height < 1 || width > kMostPixels || height > kMostPixels)
    return bad_input(fmt::format("a picture of {} x {} pixels: both must be 1 to {}", width, height, kMostPixels));
  GError* problem = nullptr;
  const Handle handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &problem));
  if (!handle) return failed(ErrorCode::bad_input, "read", problem);
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  const Context context(cairo_create(surface.get()));
  const RsvgRectangle whole{0, 0, static_cast<double>(width), static_cast<double>(height)};
  if (rsvg_handle_render_document(handle.get(), context.get(), &whole, &problem) == FALSE)
    return failed(ErrorCode::internal, "drawn", problem);
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS)
    return failed(ErrorCode::internal, "written", nullptr);
  return png;
}

}  // namespace renown::picture
