"""The use cases, a table of contents: each file is one thing rumtest does for somebody.

| file | does |
|---|---|
| `check_scenarios` | validates scenarios |
| `run_scenarios` | measures one side in real browsers and judges its thresholds |
| `run_ab` | measures base and head interleaved and judges what changed |
| `compare_runs` | holds two stored runs against each other |
| `rejudge` | makes the comparison of a stored run again |
| `write_reports` | turns a comparison into files and a terminal summary |
| `demo` | the whole story on the bundled shop |
| `doctor` | tells what is installed, and installs a browser |

The other files serve these: `options` (what they are asked), `select` (what is run), `gates`
(scenario → gates), `collect` (drives the measuring child), `progress` (tells how far it is).
"""
