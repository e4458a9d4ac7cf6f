#include "page/tag_facts.h"

namespace marrow {

bool starts_block(Tag tag, std::string_view name) {
  switch (tag) {
    case Tag::address_: case Tag::article_: case Tag::aside_: case Tag::blockquote_: case Tag::body_:
    case Tag::button_: case Tag::caption_: case Tag::center_: case Tag::dd_: case Tag::details_:
    case Tag::dialog_: case Tag::dir_: case Tag::div_: case Tag::dl_: case Tag::dt_:
    case Tag::fieldset_: case Tag::figcaption_: case Tag::figure_: case Tag::footer_: case Tag::form_:
    case Tag::frameset_: case Tag::h1_: case Tag::h2_: case Tag::h3_: case Tag::h4_: case Tag::h5_:
    case Tag::h6_: case Tag::header_: case Tag::hgroup_: case Tag::hr_: case Tag::html_:
    case Tag::legend_: case Tag::li_: case Tag::listing_: case Tag::main_: case Tag::menu_:
    case Tag::nav_: case Tag::ol_: case Tag::option_: case Tag::optgroup_: case Tag::p_: case Tag::pre_:
    case Tag::search_: case Tag::section_: case Tag::summary_: case Tag::table_: case Tag::tbody_:
    case Tag::td_: case Tag::tfoot_: case Tag::th_: case Tag::thead_: case Tag::tr_: case Tag::ul_:
    case Tag::marquee_:
      return true;
    case Tag::other:
      return name.find('-') != std::string_view::npos;
    default:
      return false;
  }
}

bool is_skipped(Tag tag) {
  switch (tag) {
    case Tag::script_: case Tag::style_: case Tag::noscript_: case Tag::template_: case Tag::svg_:
    case Tag::canvas_: case Tag::iframe_: case Tag::video_: case Tag::audio_: case Tag::select_:
    case Tag::datalist_: case Tag::textarea_: case Tag::noframes_: case Tag::map_: case Tag::rp_:
    case Tag::meter_: case Tag::progress_:
      return true;
    default:
      return false;
  }
}

int heading_level(Tag tag) {
  switch (tag) {
    case Tag::h1_: return 1;
    case Tag::h2_: return 2;
    case Tag::h3_: return 3;
    case Tag::h4_: return 4;
    case Tag::h5_: return 5;
    case Tag::h6_: return 6;
    default: return 0;
  }
}

}  // namespace marrow
