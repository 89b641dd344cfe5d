"""Lists, and the views of them that people keep."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark

_VIEW = Arg("view", ArgKind.view, mark("The name of the view"), required=True, positional=True)

VIEW_ACTIONS: tuple[Action, ...] = (
    Action("list.view", mark("View"), mark("Show a view by its name."), Scope.list, "view", args=(_VIEW,)),
    Action(
        "view.list", mark("Views"), mark("Show all views: built in, your own, and those that others share."),
        Scope.list, "view list",
    ),
    Action(
        "list.facets", mark("Facets"), mark("Pick values of a field to filter by, with how many tickets have them."),
        Scope.list, "facets",
    ),
    Action(
        "list.export", mark("Export"), mark("Write every ticket that the list shows into a file: a table, or JSON."),
        Scope.list, "export",
        args=(Arg("file", ArgKind.text, mark("Its name; or csv, json, jsonl for a usual one"), positional=True),),
    ),
    Action(
        "list.columns", mark("Columns"), mark("Choose the columns of the list and their order."),
        Scope.list, "columns",
        args=(Arg("columns", ArgKind.text, mark("Their names, such as state,subject,due"), positional=True),),
    ),
    Action(
        "view.save", mark("Save view"), mark("Keep filter, order and columns under a name."),
        Scope.view, "view save", back="view.delete", does="saved_views.save", permission=Permission.work,
        args=(Arg("name", ArgKind.view, mark("Its name"), required=True, positional=True),),
    ),
    Action(
        "view.rename", mark("Rename view"), mark("Give a view of your own another name."),
        Scope.view, "view rename", back="view.rename", does="saved_views.rename", permission=Permission.work,
        args=(_VIEW, Arg("name", ArgKind.text, mark("The new name"), required=True, positional=True)),
    ),
    Action(
        "view.share", mark("Share view"), mark("Show a view of your own to everybody; only you can change it."),
        Scope.view, "view share", back="view.unshare", does="saved_views.share", permission=Permission.work,
        args=(_VIEW,),
    ),
    Action(
        "view.unshare", mark("Unshare view"), mark("Keep a view of your own to yourself again."),
        Scope.view, "view unshare", back="view.share", does="saved_views.unshare", permission=Permission.work,
        args=(_VIEW,),
    ),
    Action(
        "view.delete", mark("Delete view"), mark("Forget a view of your own."),
        Scope.view, "view delete", back="view.save", does="saved_views.delete", permission=Permission.work,
        args=(_VIEW,),
    ),
)  # fmt: skip
