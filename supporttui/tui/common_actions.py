"""What keys do on every screen."""

from textual.screen import Screen

from supporttui.tui.frame import Framed
from supporttui.tui.widgets.message_line import Severity


class CommonActions(Framed, Screen[None]):
    """The actions of the scope ``everywhere`` (``keymap.EVERYWHERE``)."""

    def action_screen_queue(self) -> None:
        """The tickets."""
        self.frame.show_screen("queue")

    def action_screen_rota(self) -> None:
        """Who is on duty."""
        self.frame.show_rota()

    def action_screen_escalations(self) -> None:
        """What is running."""
        self.frame.show_screen("escalations")

    def action_screen_handover(self) -> None:
        """What a shift gives to the next."""
        self.frame.show_screen("handover")

    def action_app_definitions(self) -> None:
        """Everything that the site has agreed."""
        self.frame.show_definitions()

    def action_app_previous(self) -> None:
        """The digit screen before this one."""
        self.frame.show_previous()

    def action_app_help(self) -> None:
        """Every key of this screen."""
        self.frame.show_help()

    def action_app_command(self) -> None:
        """Type a command."""
        self.frame.show_command_line()

    def action_app_palette(self) -> None:
        """Find anything by its name."""
        self.frame.show_palette()

    def action_app_back(self) -> None:
        """Leave what was opened; at the top, the program."""
        self.frame.go_back()

    def action_app_escape(self) -> None:
        """Leave what was opened, or empty the message line; never the program."""
        self.frame.close_or_clear()

    def action_app_quit(self) -> None:
        """Leave the program."""
        self.frame.ask_to_leave()

    def action_app_interrupt(self) -> None:
        """The second time within two seconds leaves."""
        if self.now - self.frame.interrupted <= 2:
            self.frame.ask_to_leave()
        else:
            self.frame.interrupted = self.now
            self.frame.say(self.words.t("^c again leaves."), Severity.info)

    def action_app_suspend_process(self) -> None:
        """To the shell; ``fg`` comes back."""
        self.app.action_suspend_process()

    def action_app_redraw(self) -> None:
        """Paint everything again, whatever the terminal shows."""
        self.frame.repaint_all()

    def action_app_refresh(self) -> None:
        """Read everything on this screen again; while the database is away, try at once."""
        self.frame.reload()

    def action_app_undo(self) -> None:
        """Take back the last step, or withdraw its page."""
        self.frame.take_back()

    def action_app_redo(self) -> None:
        """Do again what was undone last."""
        self.frame.do_again()
