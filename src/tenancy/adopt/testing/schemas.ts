/** Schemas written for the tests; each construct that adoption has to know stands in one of them. */

/** Prisma 5: a connection address in the schema, other tools' annotations, camelCase columns, cuid keys. */
export const CLUBS = `datasource db {
  provider  = "postgresql"
  url       = env("DATABASE_URL")
  directUrl = env("DIRECT_URL")
}

generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["fullTextSearch"]
}

/// A rowing club.
/// @zod.strict()
model Club {
  id       String   @id @default(cuid())
  name     String
  slug     String   @unique
  members  Member[]
  boats    Boat[]
  outings  Outing[]
  posts    Post[]
  drawings Drawing[]
  labels   Label[]
}

model User {
  id       String    @id @default(cuid())
  email    String    @unique
  sessions Session[]
  members  Member[]
  posts    Post[]
  notes    Note[]
  settings BoatSetting[]
}

model Session {
  id           String   @id @default(cuid())
  sessionToken String   @unique
  userId       String
  user         User     @relation(fields: [userId], references: [id], onDelete: Cascade)
  activeClubId String?
}

model Member {
  clubId String
  club   Club   @relation(fields: [clubId], references: [id], onDelete: Cascade)
  userId String
  user   User   @relation(fields: [userId], references: [id], onDelete: Cascade)
  role   Role   @default(ROWER)

  @@id([clubId, userId])
}

enum Role {
  ROWER
  COACH
}

/// Moored at the club.
model Boat {
  id       String    @id @default(cuid())
  clubId   String
  club     Club      @relation(fields: [clubId], references: [id])
  hull     String    @unique
  outings  Outing[]
  repairs  Repair[]
  labels   Label[]
  settings BoatSetting[]
  builder  Builder?  @relation(fields: [builderId], references: [id])
  builderId String?
}

model BoatSetting {
  id     String @id @default(cuid())
  boatId String
  boat   Boat   @relation(fields: [boatId], references: [id])
  userId String
  user   User   @relation(fields: [userId], references: [id])
}

model Outing {
  id      String  @id @default(cuid())
  clubId  String
  club    Club    @relation(fields: [clubId], references: [id])
  boatId  String
  boat    Boat    @relation(fields: [boatId], references: [id])
  afterId String?
  after   Outing? @relation("next", fields: [afterId], references: [id], onDelete: SetNull)
  before  Outing[] @relation("next")
}

model Repair {
  id     String      @id @default(cuid())
  boatId String
  boat   Boat        @relation(fields: [boatId], references: [id], onDelete: Cascade)
  parts  RepairPart[]
}

model RepairPart {
  repairId String
  repair   Repair @relation(fields: [repairId], references: [id])
  line     Int
  outingRef String?

  @@id([repairId, line])
}

model Label {
  id     String @id @default(cuid())
  clubId String
  club   Club   @relation(fields: [clubId], references: [id])
  boats  Boat[]
}

/// Written for a club, or kept by its author alone.
model Post {
  id       String  @id @default(cuid())
  clubId   String?
  club     Club?   @relation(fields: [clubId], references: [id])
  authorId String
  author   User    @relation(fields: [authorId], references: [id])
  comments Comment[]
}

model Comment {
  id     String @id @default(cuid())
  postId String
  post   Post   @relation(fields: [postId], references: [id])
}

model Note {
  id     String @id @default(cuid())
  userId String
  user   User   @relation(fields: [userId], references: [id])
}

/// The key of the picture stands on the drawing's side.
model Drawing {
  id        String  @id @default(cuid())
  clubId    String
  club      Club    @relation(fields: [clubId], references: [id])
  pictureId String  @unique
  picture   Picture @relation(fields: [pictureId], references: [id])
}

model Picture {
  id      String   @id @default(cuid())
  drawing Drawing?
}

/// Nobody's in particular.
model Builder {
  id    String @id @default(cuid())
  name  String
  boats Boat[]
}

/// The club's id, but no relation.
model Weather {
  id     String @id @default(cuid())
  clubId String
  targetId   String?
  targetType String?
}

model VerificationToken {
  identifier String
  token      String @unique

  @@unique([identifier, token])
}
`;

/** Prisma 6: numbered keys, mapped names, two schemas, a view, a type that Prisma does not know. */
export const CLINICS = `datasource db {
  provider = "postgresql"
  schemas  = ["public", "care"]
  url      = env("DATABASE_URL")
}

generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views"]
}

model Company {
  id       Int       @id @default(autoincrement())
  people   CompanyUser[]
  patients Patient[]
  wards    Ward[]

  @@map("companies")
  @@schema("public")
}

model User {
  id        BigInt        @id @default(autoincrement())
  username  String        @unique
  companies CompanyUser[]

  @@map("users")
  @@schema("public")
}

model CompanyUser {
  id        Int     @id @default(autoincrement())
  companyId Int     @map("company_id")
  company   Company @relation(fields: [companyId], references: [id])
  userId    BigInt  @map("user_id")
  user      User    @relation(fields: [userId], references: [id])

  @@unique([companyId, userId])
  @@map("company_users")
  @@schema("public")
}

model Ward {
  id        Int     @id @default(autoincrement())
  companyId Int     @map("company_id")
  company   Company @relation(fields: [companyId], references: [id])
  beds      Bed[]

  @@map("wards")
  @@schema("care")
}

model Bed {
  wardId  Int      @map("ward_id")
  ward    Ward     @relation(fields: [wardId], references: [id])
  number  Int
  patient Patient?

  @@id([wardId, number])
  @@map("beds")
  @@schema("care")
}

model Patient {
  id        Int      @id @default(autoincrement())
  companyId Int      @map("company_id")
  company   Company  @relation(fields: [companyId], references: [id])
  wardId    Int?     @map("ward_id")
  bedNumber Int?     @map("bed_number")
  bed       Bed?     @relation(fields: [wardId, bedNumber], references: [wardId, number])
  shape     Unsupported("box")?

  @@unique([wardId, bedNumber])
  @@map("patients")
  @@schema("care")
}

view Census {
  id Int @unique

  @@schema("care")
}
`;
