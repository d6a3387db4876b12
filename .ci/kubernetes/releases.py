"""Releases as the workflows of a rendered repository make them, and their look at what has changed since."""

FIRST, SECOND, BROKEN = ("sha256:" + word * 16 for word in ["a1b2", "c3d4", "dead"])
TAGS = {FIRST: "a" * 40, SECOND: "b" * 40, BROKEN: "c" * 40}


class Releases:
    """Those of one environment, whose manifests stand in a folder."""

    def __init__(self, pipeline, released, environment, folder):
        self.pipeline, self.released, self.environment, self.folder = pipeline, released, environment, folder

    def fill(self, config, workflow, digest=""):
        """The step that fills the manifests, with what the call of the workflow gives."""
        given = {"DIGEST": digest, "TAG": TAGS.get(digest, ""), "FOLDER": self.folder, "OUTPUTS": self.pipeline.outputs(self.environment)}
        self.pipeline.step(workflow, "Fill the manifests", config, **given)

    def release(self, config, digest, code=0, says=()):
        """A release, from the manifests to the digest that is seen to run."""
        self.fill(config, "deploy", digest)
        self.pipeline.step("deploy", "Show what changes in the cluster", config, says=["What changes in the cluster", digest])
        self.pipeline.step("deploy", "Apply the manifests", config, code=code, says=says)
        if code == 0:
            self.pipeline.step("deploy", "Verify that the digest runs", config, DIGEST=digest, DIGESTS=f'["{digest}"]',
                               says=[f"pods of `{self.released.name}` run `{digest}`"])

    def drift(self, reviewer):
        """The look is silent until somebody changes something by hand, and then names it."""
        def look(code, *says):
            self.fill(reviewer, "drift")
            step = "Compare the objects with the manifests"
            self.pipeline.step("drift", step, reviewer, code=code, says=says)

        look(0, "They are what the manifests say.")
        config, api = f"{self.released.path}/configmaps/{self.released.name}", self.released.api
        api.patch(config, {"data": {"LOG_LEVEL": "debug"}})
        look(1, '`data.LOG_LEVEL` should be `"info"` and is `"debug"`')
        api.patch(config, {"data": {"LOG_LEVEL": "info"}})
        look(0, "They are what the manifests say.")
        self.released.say("drift: silent, named, silent again")
