"""The door to CP-SAT: whole-number models, one worker, a fixed seed, deterministic time.

The bindings below `ortools.sat.python.cp_model` are used directly: that module loads pandas, two
seconds of CPU before the first small school is matched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model_helper as sat

SEED = 1
FAR = 2**50


@dataclass(frozen=True)
class Answer:
    """`values` by variable, None when nothing was found in time; `is_optimal` when proven."""

    values: list[int] | None
    is_optimal: bool
    effort: float


@dataclass(eq=False)
class Model:
    """Yes-or-no variables, linear constraints, one objective to minimise."""

    proto: sat.CpModelProto = field(default_factory=sat.CpModelProto)
    size: int = 0

    def variable(self) -> int:
        self.proto.variables.add().domain.extend([0, 1])
        self.size += 1
        return self.size - 1

    def limit(self, terms: Sequence[tuple[int, int]], *, low: int = -FAR, high: int = FAR) -> None:
        """low <= the sum of coefficient × variable <= high; terms are (variable, coefficient)."""
        linear = self.proto.constraints.add().linear
        linear.vars.extend([variable for variable, _ in terms])
        linear.coeffs.extend([coefficient for _, coefficient in terms])
        linear.domain.extend([low, high])

    def any_of(self, variables: Sequence[int]) -> None:
        self.proto.constraints.add().bool_or.literals.extend(list(variables))

    def one_of(self, variables: Sequence[int], *, needed: bool) -> None:
        """Exactly one of the variables, or at most one."""
        constraint = self.proto.constraints.add()
        kind = constraint.exactly_one if needed else constraint.at_most_one
        kind.literals.extend(list(variables))

    def solve(
        self, objective: Sequence[tuple[int, int]], hint: Sequence[int], *, effort: float
    ) -> Answer:
        """Minimise, starting from `hint`, within `effort` units of deterministic time."""
        self.proto.clear_objective()
        self.proto.objective.vars.extend([variable for variable, _ in objective])
        self.proto.objective.coeffs.extend([coefficient for _, coefficient in objective])
        self.proto.clear_solution_hint()
        self.proto.solution_hint.vars.extend(list(range(len(hint))))
        self.proto.solution_hint.values.extend(list(hint))
        parameters = sat.SatParameters()
        parameters.num_workers = 1
        parameters.random_seed = SEED
        parameters.linearization_level = 2  # a tenth of the effort on 40 mentees with wishes
        parameters.max_deterministic_time = effort
        wrapper = sat.SolveWrapper()
        wrapper.set_parameters(parameters)
        response = wrapper.solve(self.proto)  # type: ignore[no-untyped-call]
        found = response.status in {sat.CpSolverStatus.OPTIMAL, sat.CpSolverStatus.FEASIBLE}
        return Answer(
            [int(value) for value in response.solution] if found else None,
            response.status == sat.CpSolverStatus.OPTIMAL,
            float(response.deterministic_time),
        )
