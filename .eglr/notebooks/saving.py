"""What a notebook is saved as: readable without its kernel."""

VIEW = "application/vnd.jupyter.widget-view+json"
TWIN = "text/html"


def without_views(model: dict, **_) -> None:
    """Jupyter's pre_save_hook. A slider is gone with its kernel: a page would show an error in its place.

    Ours have a line in HTML beside the view, which stays; views that stand alone are left to those who made them.
    """
    if model["type"] != "notebook":
        return
    for cell in (model.get("content") or {}).get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if TWIN in data:
                data.pop(VIEW, None)
